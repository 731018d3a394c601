"""The audit log takes new rows and their seals, and nothing else."""

from django.db import migrations

_GUARD = """
CREATE FUNCTION workspaces_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.number IS NULL AND NEW.number IS NOT NULL
        AND ROW(OLD.id, OLD.workspace_id, OLD.actor, OLD.action, OLD.target, OLD.detail, OLD.at)
            = ROW(NEW.id, NEW.workspace_id, NEW.actor, NEW.action, NEW.target, NEW.detail, NEW.at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER workspaces_audit_is_append_only
    BEFORE UPDATE OR DELETE ON workspaces_auditrecord
    FOR EACH ROW EXECUTE FUNCTION workspaces_audit_is_append_only();
"""
_UNGUARD = """
DROP TRIGGER workspaces_audit_is_append_only ON workspaces_auditrecord;
DROP FUNCTION workspaces_audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0001_initial")]
    operations = [migrations.RunSQL(_GUARD, _UNGUARD)]
