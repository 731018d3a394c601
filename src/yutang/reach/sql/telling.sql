-- PostgreSQL: changes of deliveries on their way to become events, oldest first.

-- name: take
DELETE FROM reach_deliverychange c
USING (
    SELECT id FROM reach_deliverychange ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
) oldest, reach_delivery d, reach_sending s, reach_messageversion v
WHERE c.id = oldest.id AND d.id = c.delivery AND s.id = d.sending_id AND v.id = s.version_id
RETURNING c.workspace_id, c.state, (extract(epoch FROM c.at) * 1000)::bigint, d.customer, d.origin,
    d.sender, v.message_id, s.id, d.channel, d.purpose, c.reason, d.journey, s.node

-- name: orphans
-- Changes of deliveries that were erased meanwhile tell of nobody.
DELETE FROM reach_deliverychange c
WHERE NOT EXISTS (
    SELECT FROM reach_delivery d WHERE d.id = c.delivery AND d.workspace_id = c.workspace_id
)
