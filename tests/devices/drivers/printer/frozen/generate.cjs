// Writes what two independent generators make of samples.json. README.md says how to run it.
const fs = require("node:fs");
const path = require("node:path");
const receiptline = require("receiptline");
const { ThermalPrinter, PrinterTypes, CharacterSet } = require("node-thermal-printer");

const here = (name) => path.join(__dirname, name);
const samples = JSON.parse(fs.readFileSync(here("samples.json"), "utf8"));
const settings = { cpl: 48, encoding: "gb18030", command: "generic" };
const escaped = (text) => text.replace(/[\\|{}~_"`^]/g, (char) => "\\" + char);

(async () => {
  const lines = samples.lines.map((text) => receiptline.transform(escaped(text), settings));
  const drawn = receiptline.transform(`{code:${escaped(samples.qr)};option:qrcode,6,M}`, settings);
  fs.writeFileSync(here("receiptline.json"), JSON.stringify({ lines: lines.map(hex), qr: hex(drawn) }, null, 1) + "\n");

  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: "tcp://127.0.0.1", characterSet: CharacterSet.CHINA });
  printer.printQR(samples.qr, { cellSize: 6, correction: "M", model: 2 });
  fs.writeFileSync(here("node-thermal-printer.json"), JSON.stringify({ qr: hex(printer.getBuffer()) }, null, 1) + "\n");
})();

function hex(bytes) {
  return Buffer.from(bytes, "binary").toString("hex");
}
