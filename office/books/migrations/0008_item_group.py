import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0007_recovery"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="group",
            field=models.CharField(
                blank=True,
                default="",
                help_text="比如粮油、日用：一类东西多到一页放不下时，屏幕上可以按小类找",
                max_length=6,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[^\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]*$", "只能是一行文字"
                    )
                ],
                verbose_name="小类",
            ),
        ),
    ]
