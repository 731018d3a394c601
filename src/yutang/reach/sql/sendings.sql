-- PostgreSQL: everything of one sending at once.

-- name: cancel
WITH stopped AS (
    UPDATE reach_delivery
    SET state = 'blocked', reason = 'cancelled', counts_at = NULL, changed_at = %(now)s
    WHERE workspace_id = %(workspace)s AND sending_id = %(sending)s AND state = 'queued'
    RETURNING id
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT %(workspace)s, id, 'blocked', 'cancelled', %(now)s FROM stopped
