-- PostgreSQL: mass messages as tasks of the platform.

-- name: gathering
-- The task that gathers this content for this sender; it waits on while more comes.
INSERT INTO wecom_masstask (workspace_id, corp_id, kind, account, purpose, journey, sending_id, aim, digest, parts, sender,
    state, job, msgid, people, reached, members, confirmed, likes, comments, trouble_zh, trouble_en, due_at,
    created_at, reminded)
VALUES (%(workspace)s, %(corp)s, %(kind)s, %(account)s, %(purpose)s, %(journey)s, %(sending)s, '{}', %(digest)s,
    %(parts)s::jsonb, %(sender)s, 'gathering', '', '', 0, 0, 0, 0, 0, 0, '', '', %(due)s, %(now)s, '[]')
ON CONFLICT (corp_id, account, digest, sender) WHERE state = 'gathering'
    DO UPDATE SET due_at = excluded.due_at
RETURNING id

-- name: recipients
WITH given AS (
    SELECT * FROM unnest(
        string_to_array(%(tokens)s, ',')::uuid[],
        string_to_array(%(customers)s, ',')::bigint[],
        string_to_array(%(addresses)s, E'\x1f'),
        string_to_array(%(senders)s, E'\x1f')
    ) AS given (token, customer, address, sender)
), added AS (
    INSERT INTO wecom_massrecipient (workspace_id, task_id, token, customer, external_userid, state, userid)
    SELECT %(workspace)s, %(task)s, token, customer, address, 0, coalesce(sender, '') FROM given
    ON CONFLICT (token) DO NOTHING
    RETURNING 1
)
UPDATE wecom_masstask SET people = people + (SELECT count(*) FROM added) WHERE id = %(task)s

-- name: claim
-- What is due, each by one worker; who dies gives it back when `due_at` comes again.
UPDATE wecom_masstask t
SET state = CASE WHEN t.state = 'gathering' THEN 'creating' ELSE t.state END, due_at = %(until)s
FROM (
    SELECT m.id FROM wecom_masstask m JOIN wecom_corp c ON c.id = m.corp_id AND c.workspace_id = m.workspace_id
    WHERE m.due_at <= %(now)s AND c.state = 'active'
        AND m.state = ANY(string_to_array(%(states)s, ','))
    ORDER BY m.due_at LIMIT %(most)s
    FOR UPDATE OF m SKIP LOCKED
) due
WHERE t.id = due.id
RETURNING t.id

-- name: split
-- The platform takes so many at once: the rest are a task of their own.
WITH beyond AS (
    SELECT id FROM wecom_massrecipient WHERE task_id = %(task)s ORDER BY id OFFSET %(most)s
), another AS (
    INSERT INTO wecom_masstask (workspace_id, corp_id, kind, account, purpose, journey, sending_id, aim, digest, parts,
        sender, state, job, msgid, people, reached, members, confirmed, likes, comments, trouble_zh, trouble_en,
        due_at, created_at, reminded)
    SELECT workspace_id, corp_id, kind, account, purpose, journey, sending_id, aim, digest, parts, sender, 'creating', '', '',
        (SELECT count(*) FROM beyond), 0, 0, 0, 0, 0, '', '', %(now)s, %(now)s, '[]'
    FROM wecom_masstask WHERE id = %(task)s AND EXISTS (SELECT FROM beyond)
    RETURNING id
), moved AS (
    UPDATE wecom_massrecipient r SET task_id = another.id
    FROM another WHERE r.id IN (SELECT id FROM beyond)
    RETURNING 1
)
UPDATE wecom_masstask SET people = people - (SELECT count(*) FROM moved) WHERE id = %(task)s

-- name: ended
-- What became of customers; only those still waiting change. Returns whose deliveries are to be told.
WITH told AS (
    SELECT * FROM json_to_recordset(%(told)s::json) AS told (address text, state smallint, userid text, at timestamptz)
)
UPDATE wecom_massrecipient r
SET state = told.state, userid = told.userid
FROM told
WHERE r.workspace_id = %(workspace)s AND r.task_id = %(task)s AND r.state = 0
    AND r.external_userid = told.address
RETURNING r.token, r.state, told.at, r.external_userid, r.customer

-- name: rest_ends
UPDATE wecom_massrecipient r SET state = %(state)s
WHERE r.workspace_id = %(workspace)s AND r.task_id = %(task)s AND r.state = 0
RETURNING r.token

-- name: members
INSERT INTO wecom_massmember (workspace_id, task_id, userid, confirmed_at, fetched, meant, likes, comments)
SELECT %(workspace)s, %(task)s, told.userid, told.at, FALSE, FALSE, 0, 0
FROM json_to_recordset(%(told)s::json) AS told (userid text, at timestamptz)
ON CONFLICT (task_id, userid) DO UPDATE SET confirmed_at = excluded.confirmed_at
    WHERE wecom_massmember.confirmed_at IS NULL

-- name: count
UPDATE wecom_masstask t
SET people = CASE WHEN t.kind = 'moments' AND t.account = 0  -- who it is for is only known once it is made
        THEN (SELECT count(*) FROM wecom_massrecipient r WHERE r.task_id = t.id) ELSE t.people END,
    reached = (SELECT count(*) FROM wecom_massrecipient r WHERE r.task_id = t.id AND r.state = 1),
    members = (SELECT count(*) FROM wecom_massmember m WHERE m.task_id = t.id),
    confirmed = (SELECT count(*) FROM wecom_massmember m WHERE m.task_id = t.id AND m.confirmed_at IS NOT NULL),
    likes = (SELECT coalesce(sum(m.likes), 0) FROM wecom_massmember m WHERE m.task_id = t.id),
    comments = (SELECT coalesce(sum(m.comments), 0) FROM wecom_massmember m WHERE m.task_id = t.id)
WHERE t.workspace_id = %(workspace)s AND t.id = %(task)s
