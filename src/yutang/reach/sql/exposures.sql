-- PostgreSQL: who was to see what reaches many at once, and who did.

-- name: expose
-- Once each; that it reached her is never taken back.
INSERT INTO reach_exposure (workspace_id, channel, purpose, journey, key, customer, origin, at, reached_at)
SELECT %(workspace)s, %(channel)s, %(purpose)s, %(journey)s, %(key)s, customer, origin, %(at)s, %(reached)s
FROM unnest(%(customers)s::bigint[], %(origins)s::bigint[]) AS given (customer, origin)
ON CONFLICT (workspace_id, key, origin)
    DO UPDATE SET reached_at = coalesce(reach_exposure.reached_at, excluded.reached_at)
