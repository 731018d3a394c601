from django.db import migrations


class Migration(migrations.Migration):
    """Spooled lines are compressed already; PostgreSQL need not try again."""

    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE events_spool ALTER COLUMN lines SET STORAGE EXTERNAL,"
            " ALTER COLUMN touched SET STORAGE EXTERNAL",
            "ALTER TABLE events_spool ALTER COLUMN lines SET STORAGE EXTENDED,"
            " ALTER COLUMN touched SET STORAGE EXTENDED",
        ),
    ]
