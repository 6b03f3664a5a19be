from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0004_lives"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="pepper",
            field=models.PositiveIntegerField(default=1, verbose_name="密钥盐版本"),
        ),
        migrations.AddField(
            model_name="card",
            name="newer",
            field=models.CharField(blank=True, editable=False, max_length=80, verbose_name="新摘要"),
        ),
    ]
