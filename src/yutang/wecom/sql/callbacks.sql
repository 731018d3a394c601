-- PostgreSQL: what the platform told, and what is still to be made of it.

-- name: keep
-- A batch of callbacks of any corps, each with what its handlers have to do. The same text told again only
-- counts. Rows are given in the order of (corp, digest), so that two batches never wait for each other.
WITH told AS (
    SELECT * FROM json_to_recordset(%(told)s::json) AS told (
        n int, workspace bigint, corp bigint, digest text, event text, change_type text, about text,
        body text, is_known boolean, copies int, happened_at timestamptz, handlers text[]
    )
), kept AS (
    INSERT INTO wecom_callback (workspace_id, corp_id, digest, event, change_type, about, body, is_known,
        copies, happened_at, received_at)
    SELECT workspace, corp, decode(digest, 'hex'), event, change_type, about, body, is_known, copies,
        happened_at, %(now)s
    FROM told
    ORDER BY n
    ON CONFLICT (corp_id, digest) DO UPDATE SET copies = wecom_callback.copies + EXCLUDED.copies
    RETURNING id, corp_id, digest, xmax = 0 AS is_new
)
INSERT INTO wecom_handling (workspace_id, corp_id, callback_id, handler, not_before)
SELECT told.workspace, told.corp, kept.id, handler, %(now)s
FROM told
JOIN kept ON kept.corp_id = told.corp AND kept.digest = decode(told.digest, 'hex') AND kept.is_new
CROSS JOIN unnest(told.handlers) AS handler

-- name: due
-- By corp and handler, from one to the next by the index: a long queue costs one look.
WITH RECURSIVE ladder (handler, corp) AS (
    (
        SELECT handler, corp_id FROM wecom_handling WHERE state = 'waiting'
        ORDER BY handler, corp_id LIMIT 1
    )
    UNION ALL
    SELECT next.handler, next.corp_id
    FROM ladder CROSS JOIN LATERAL (
        SELECT h.handler, h.corp_id FROM wecom_handling h
        WHERE h.state = 'waiting' AND (h.handler, h.corp_id) > (ladder.handler, ladder.corp)
        ORDER BY h.handler, h.corp_id LIMIT 1
    ) next
)
SELECT ladder.handler, c.id
FROM ladder
JOIN wecom_corp c ON c.id = ladder.corp AND c.state <> 'paused' AND c.workspace_id IS NOT NULL
CROSS JOIN LATERAL (
    SELECT 1 FROM wecom_handling h
    WHERE h.state = 'waiting' AND h.handler = ladder.handler AND h.corp_id = ladder.corp
        AND h.not_before <= %(now)s
    LIMIT 1
) waits
WHERE ladder.handler = ANY(%(handlers)s)

-- name: claim
-- Whoever takes them has until the lease ends; then they are due again.
WITH due AS (
    SELECT id FROM wecom_handling
    WHERE state = 'waiting' AND handler = %(handler)s AND corp_id = %(corp)s
        AND not_before <= %(now)s
    ORDER BY not_before, id
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE wecom_handling h
    SET lease = %(lease)s, not_before = %(until)s, attempts = h.attempts + 1
    FROM due
    WHERE h.id = due.id AND h.workspace_id IS NOT NULL
    RETURNING h.callback_id
)
SELECT c.id, c.event, c.change_type, c.body, c.happened_at, c.received_at
FROM taken JOIN wecom_callback c ON c.id = taken.callback_id
ORDER BY c.id

-- name: done
DELETE FROM wecom_handling
WHERE lease = %(lease)s AND callback_id = ANY(%(callbacks)s) AND workspace_id IS NOT NULL

-- name: put_off
-- What was not done: later again, each time later; after `most` times somebody has to look at it.
UPDATE wecom_handling
SET lease = NULL, reason = %(reason)s,
    state = CASE WHEN attempts >= cardinality(%(pauses)s::int[]) THEN 'failed' ELSE 'waiting' END,
    not_before = %(now)s + make_interval(secs => coalesce((%(pauses)s::int[])[attempts], 0))
WHERE lease = %(lease)s AND callback_id = %(callback)s AND workspace_id IS NOT NULL

-- name: give_back
-- What was taken and not begun.
UPDATE wecom_handling
SET lease = NULL, not_before = %(until)s, attempts = greatest(attempts - 1, 0), reason = %(reason)s
WHERE lease = %(lease)s AND callback_id = ANY(%(callbacks)s) AND workspace_id IS NOT NULL

-- name: replay
INSERT INTO wecom_handling (workspace_id, corp_id, callback_id, handler, not_before)
SELECT c.workspace_id, c.corp_id, c.id, given.handler, %(now)s
FROM unnest(%(callbacks)s::bigint[], %(handlers)s::text[]) AS given (callback, handler)
JOIN wecom_callback c ON c.id = given.callback AND c.workspace_id = %(workspace)s
ON CONFLICT (callback_id, handler) DO UPDATE
SET state = 'waiting', attempts = 0, lease = NULL, not_before = EXCLUDED.not_before, reason = ''

-- name: forget
-- Nothing is left to do about them, and no repeat of them would be taken any more.
DELETE FROM wecom_callback c
WHERE c.id IN (
    SELECT old.id FROM wecom_callback old
    WHERE old.workspace_id IS NOT NULL AND old.received_at < %(before)s
        AND NOT EXISTS (SELECT FROM wecom_handling h WHERE h.callback_id = old.id)
    ORDER BY old.received_at
    LIMIT 5000
)

-- name: strike
-- What names an erased person, as the one it is about or anywhere in its text.
WITH hers AS (
    SELECT id FROM wecom_callback
    WHERE workspace_id = %(workspace)s
        AND lower(normalize(body, NFKC) COLLATE "C") ~ %(words)s
), undone AS (
    DELETE FROM wecom_handling WHERE callback_id IN (SELECT id FROM hers)
)
DELETE FROM wecom_callback WHERE id IN (SELECT id FROM hers)
