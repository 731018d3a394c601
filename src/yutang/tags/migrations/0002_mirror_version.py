from django.db import migrations


class Migration(migrations.Migration):
    """The version under which taggings are mirrored; taken under the pulse's lock, so it only rises."""

    dependencies = [("tags", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE tags_mirror_version", "DROP SEQUENCE tags_mirror_version"
        )
    ]
