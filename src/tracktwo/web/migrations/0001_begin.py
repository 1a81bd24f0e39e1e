"""Accounts, visits and what holds a door shut."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("handle", models.CharField(max_length=64, unique=True)),
                ("slot", models.BinaryField()),
                ("recovery", models.BinaryField(null=True)),
                ("totp", models.BinaryField(null=True)),
                ("totp_step", models.BigIntegerField(default=0)),
                ("held", models.BinaryField()),
                ("suspended", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.IntegerField(default=0)),
                ("since", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("owner", models.CharField(db_index=True, max_length=64)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("slot", models.BinaryField()),
                ("grants", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("owner", models.CharField(db_index=True, max_length=64)),
                ("board", models.CharField(blank=True, max_length=64)),
                ("begun", models.BigIntegerField()),
                ("seen", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Belonging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(db_index=True, max_length=64)),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="tracktwo_web.session")),
            ],
        ),
    ]
