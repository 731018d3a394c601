"""A corp's welcome is said by the hour: what was one becomes the one at all hours."""

from django.db import migrations

BY_THE_HOUR = """
UPDATE wecom_corp
SET welcome = jsonb_build_array(jsonb_build_object('windows', '[]'::jsonb, 'parts', welcome))
WHERE jsonb_array_length(welcome) > 0
"""
AT_ALL_HOURS = """
UPDATE wecom_corp
SET welcome = COALESCE(
    (SELECT slot->'parts' FROM jsonb_array_elements(welcome) slot
     WHERE jsonb_array_length(slot->'windows') = 0 LIMIT 1), '[]'::jsonb)
"""


class Migration(migrations.Migration):
    dependencies = [("wecom", "0005_sync")]
    operations = [migrations.RunSQL(BY_THE_HOUR, AT_ALL_HOURS)]
