"""Vacuum runs a little sooner than others, but not at full speed: it would take a core from who moves people."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0003_watch")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE journeys_run RESET (autovacuum_vacuum_cost_delay);"
            "ALTER TABLE journeys_run SET (autovacuum_vacuum_scale_factor = 0.1)",
            "ALTER TABLE journeys_run SET (autovacuum_vacuum_scale_factor = 0.02,"
            " autovacuum_vacuum_cost_delay = 0)",
        ),
    ]
