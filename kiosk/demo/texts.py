"""What the demonstration's window and its console say. It is no part of the kiosk, so it has no locale files."""

from __future__ import annotations

TITLE = "驿站 Yizhan · 演示"
HEADING = "演示台"
HEADING_NOTE = "不属于终端，鼠标就是手指和卡片"
CARDS = "扫一张卡"
POINTS = "{points} 分"
STAFF = "工作证"
RUBBISH = "乱码"
RUBBISH_NOTE = "看不懂的码"
FORGED = "假卡"
FORGED_NOTE = "签名不对"
READER = "身份证读卡器"
OWN_CARD, STRANGER, UNREADABLE, LIFT = "放身份证", "放生人的", "放读不出的", "拿走"
STRANGER_NAME, NOT_KNOWN, DAMAGED, NOTHING = "张三丰", "没登记", "有损坏", "空着"
PRINTER = "打印机和网络"
LOW, NEW_ROLL = "纸快完了", "换整卷"
JAM, FREE = "切刀卡住", "清掉卡纸"
HOT, COOL = "打印头过热", "凉下来"
TAKE_PAPER, PUT_PAPER = "拿走纸", "装上纸"
OPEN_COVER, CLOSE_COVER = "打开盖子", "合上盖子"
CUT, MEND = "剪断网线", "接好网线"
PREPARING = "[bold]驿站 Yizhan[/]  正在准备：消息服务器、总站、站点……"
OFFICE = "  总站：{address}  用户名 admin  密码 {password}"
PAPERS = "打印出来的纸"
PAPERS_NOTE = "新的在上面，滚轮往下看"
NO_PAPER = "还没有纸。\n兑换一件东西，兑换券从这里出来。"
BAD_PAPER = "打印机收到看不懂的字节：{fault}"

STARTED = (
    "[bold]驿站 Yizhan[/]  演示窗口已打开",
    "  左边是居民看到的终端（{width}×{height}），右边是演示台：点一张卡，就是把卡放到扫描口",
    "  积分卡：{cards}",
    "  打出的纸：{papers}",
    "  居民、工作人员和物品都是编的；每次演示从头开始，上一次的记录和卡作废",
    "  按 Ctrl-C 或关掉窗口结束",
)
SMALL_SCREEN = "[yellow]![/] 这块屏幕放不下 {width}×{height} 的窗口，右边或下边会被切掉；请换大一点的分辨率"
ENDED = "[green]✓[/] 演示结束"
NO_DISPLAY = "没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设），改放一遍带图片的演示"
NO_WINDOW = (
    "[bold red]✗[/] 打不开窗口：DISPLAY 或 WAYLAND_DISPLAY 指的图形界面连不上；去掉这两个变量，就改放带图片的演示"
)

TOUR_BEGINS = "  演示开始，图片存到 {out}；总站：{address}"
TOUR_DONE = "[green]✓[/] 演示完成：{pictures} 张图片，{vouchers} 张兑换券，流水账 {entries} 条，校验无误"
BOOKS_WRONG = "[bold red]✗[/] 流水账不对：{faults}"
AUDIT_CLEAN = "[green]✓[/] 查过 {screens} 个画面：字够大、不缺字、按得着、有退路"
AUDIT_FOUND = "[bold red]✗[/] 查出 {count} 处不合格，见 {path}"
NOT_PICTURED = "[dim]··[/]  这次没有拍到的画面：{names}"
MATRIX_BEGINS = "[bold]驿站 Yizhan[/]  {count} 种屏幕和样式，逐一演一遍"
CELL_FAILED = "[bold red]✗[/] {name}：没有演完，见 {log}"
MATRIX_DONE = "[green]✓[/] 图片、小样和网页：{page}"
PAGE_TITLE = "驿站 Yizhan · 画面"
