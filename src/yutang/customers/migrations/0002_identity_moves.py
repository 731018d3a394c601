import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = """
CREATE FUNCTION customers_identities_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO customers_identitymove (workspace_id, at)
    SELECT DISTINCT was.workspace_id, clock_timestamp()
    FROM was JOIN became ON became.id = was.id AND became.customer_id <> was.customer_id;
    RETURN NULL;
END $$;
CREATE FUNCTION customers_identities_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO customers_identitymove (workspace_id, at)
    SELECT DISTINCT was.workspace_id, clock_timestamp() FROM was;
    RETURN NULL;
END $$;
CREATE TRIGGER identities_moved AFTER UPDATE ON customers_identity
    REFERENCING OLD TABLE AS was NEW TABLE AS became
    FOR EACH STATEMENT EXECUTE FUNCTION customers_identities_moved();
CREATE TRIGGER identities_gone AFTER DELETE ON customers_identity
    REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION customers_identities_gone();
"""
NO_TRIGGERS = """
DROP TRIGGER identities_moved ON customers_identity;
DROP TRIGGER identities_gone ON customers_identity;
DROP FUNCTION customers_identities_moved();
DROP FUNCTION customers_identities_gone();
"""


class Migration(migrations.Migration):
    """Identities that move leave word of it, whoever moves them: memories of them are then given up."""

    dependencies = [
        ("customers", "0001_initial"),
        ("workspaces", "0002_audit_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
