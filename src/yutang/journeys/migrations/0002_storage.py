"""Rows of runs change several times in their life: room on the page, and vacuum before it is late."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE journeys_run SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02,"
            " autovacuum_vacuum_cost_delay = 0)",
            "ALTER TABLE journeys_run RESET (fillfactor, autovacuum_vacuum_scale_factor,"
            " autovacuum_vacuum_cost_delay)",
        ),
    ]
