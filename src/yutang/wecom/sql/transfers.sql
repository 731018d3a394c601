-- PostgreSQL: customers and groups that change hands.

-- name: judge
-- Whose of a member's customers may be handed over, and what is worth knowing of them. `homes` narrows; NULL
-- means everybody. Handing over in the client is known by the relations it ended.
WITH mine AS (
    SELECT external, home, ended FROM wecom_followrelation
    WHERE workspace_id = %(workspace)s AND account_id = %(giver)s AND ended NOT IN ('staff', 'transfer')
        AND (%(homes)s::bigint[] IS NULL OR home = ANY(%(homes)s::bigint[]))
), here AS (
    SELECT h.external, bool_or(h.state IN ('waiting', 'asked', 'begun')) AS is_pending,
        count(*) FILTER (WHERE h.state = 'done' AND h.ended_at >= %(since)s) AS times,
        bool_or(h.state = 'refused' AND h.ended_at >= %(since)s) AS has_refused
    FROM wecom_handover h JOIN mine ON mine.external = h.external
    WHERE h.workspace_id = %(workspace)s AND h.corp_id = %(corp)s
    GROUP BY h.external
), seen AS (
    SELECT r.external, count(*) AS times
    FROM wecom_followrelation r JOIN mine ON mine.external = r.external
    WHERE r.workspace_id = %(workspace)s AND r.corp_id = %(corp)s AND r.ended = 'transfer'
        AND r.ended_at >= %(since)s
    GROUP BY r.external
), counted AS (
    SELECT mine.*, coalesce(here.is_pending, FALSE) AS is_pending, coalesce(here.has_refused, FALSE) AS has_refused,
        greatest(coalesce(here.times, 0), coalesce(seen.times, 0)) AS times
    FROM mine LEFT JOIN here ON here.external = mine.external LEFT JOIN seen ON seen.external = mine.external
)
SELECT external, home,
    CASE WHEN ended = 'customer' THEN 'lost' WHEN is_pending THEN 'pending'
        WHEN %(most)s::int > 0 AND times >= %(most)s::int THEN 'too_often' ELSE 'goes' END,
    times > 0, has_refused,
    EXISTS (
        SELECT FROM wecom_followrelation t
        WHERE t.workspace_id = %(workspace)s AND t.account_id = %(taker)s AND t.external = counted.external
            AND t.ended = ''
    )
FROM counted ORDER BY external

-- name: judge_chats
SELECT c.id, c.name,
    CASE WHEN EXISTS (
        SELECT FROM wecom_chathandover h WHERE h.workspace_id = %(workspace)s AND h.chat_id = c.id
            AND h.state IN ('waiting', 'asked', 'begun')
    ) THEN 'pending' WHEN %(most)s::int > 0 AND (
        SELECT count(*) FROM wecom_chathandover h WHERE h.workspace_id = %(workspace)s AND h.chat_id = c.id
            AND h.state = 'done' AND h.ended_at >= %(since)s
    ) >= %(most)s::int THEN 'too_often' ELSE 'goes' END
FROM wecom_groupchat c
WHERE c.workspace_id = %(workspace)s AND c.corp_id = %(corp)s AND c.owner = %(userid)s AND c.dismissed_at IS NULL
    AND (%(chats)s::bigint[] IS NULL OR c.id = ANY(%(chats)s::bigint[]))
ORDER BY c.id

-- name: add
INSERT INTO wecom_handover (workspace_id, corp_id, transfer_id, external, home, state, code, times)
SELECT %(workspace)s, %(corp)s, %(transfer)s, told.external, told.home, 'waiting', 0, 0
FROM json_to_recordset(%(rows)s::json) AS told (external text, home bigint)
ORDER BY told.external
ON CONFLICT (corp_id, external) WHERE state IN ('waiting', 'asked', 'begun') DO NOTHING

-- name: add_chats
INSERT INTO wecom_chathandover (workspace_id, transfer_id, chat_id, state, code)
SELECT %(workspace)s, %(transfer)s, chat, 'waiting', 0 FROM unnest(%(chats)s::bigint[]) AS chat ORDER BY chat
ON CONFLICT (chat_id) WHERE state IN ('waiting', 'asked', 'begun') DO NOTHING

-- name: chats_today
-- How many groups of a member were asked for since a day began.
SELECT count(*) FROM wecom_chathandover h JOIN wecom_transfer t ON t.id = h.transfer_id
WHERE h.workspace_id = %(workspace)s AND t.giver_id = %(giver)s AND h.asked_at >= %(since)s

-- name: claim
UPDATE wecom_transfer t SET due_at = %(until)s, leased_until = %(until)s
FROM (
    SELECT o.id FROM wecom_transfer o JOIN wecom_corp c ON c.id = o.corp_id AND c.workspace_id = o.workspace_id
    WHERE o.state = 'open' AND o.due_at <= %(now)s AND o.leased_until <= %(now)s AND c.state = 'active'
    ORDER BY o.due_at LIMIT %(most)s
    FOR UPDATE OF o SKIP LOCKED
) due
WHERE t.id = due.id
RETURNING t.id

-- name: give_back
-- What a callback made due meanwhile is due at once.
UPDATE wecom_transfer
SET due_at = CASE WHEN due_at < leased_until THEN due_at ELSE %(due)s END, leased_until = %(now)s
WHERE workspace_id = %(workspace)s AND id = %(transfer)s

-- name: hurry
UPDATE wecom_transfer t SET due_at = least(t.due_at, %(now)s)
FROM wecom_handover h
WHERE t.workspace_id = %(workspace)s AND t.id = h.transfer_id AND t.state = 'open' AND h.corp_id = %(corp)s
    AND h.external = ANY(%(externals)s::text[]) AND h.state IN ('asked', 'begun')

-- name: ask
-- The next ones, marked as asked for before they are.
UPDATE wecom_handover h SET state = 'asked', asked_at = %(now)s, times = times + 1
FROM (
    SELECT id FROM wecom_handover
    WHERE workspace_id = %(workspace)s AND transfer_id = %(transfer)s AND state = 'waiting'
    ORDER BY id LIMIT %(most)s
    FOR UPDATE
) next
WHERE h.id = next.id
RETURNING h.id, h.external, h.times

-- name: settle
-- What the platform said of each; only what is still open changes, and only forwards.
UPDATE wecom_handover h
SET state = told.state, code = told.code,
    takeover_at = coalesce(told.takeover_at, h.takeover_at),
    ended_at = CASE WHEN told.state IN ('waiting', 'asked', 'begun') THEN NULL ELSE coalesce(told.ended_at, %(now)s) END
FROM json_to_recordset(%(told)s::json) AS told (
    external text, state text, code int, takeover_at timestamptz, ended_at timestamptz
)
WHERE h.workspace_id = %(workspace)s AND h.transfer_id = %(transfer)s AND h.external = told.external
    AND h.state IN ('asked', 'begun')

-- name: counts
SELECT transfer_id, state, code, count(*) FROM wecom_handover
WHERE workspace_id = %(workspace)s AND transfer_id = ANY(%(transfers)s::bigint[]) GROUP BY 1, 2, 3

-- name: chat_counts
SELECT transfer_id, state, code, count(*) FROM wecom_chathandover
WHERE workspace_id = %(workspace)s AND transfer_id = ANY(%(transfers)s::bigint[]) GROUP BY 1, 2, 3

-- name: not_followed
-- Of what was done: whose relations do not show it yet.
SELECT told.external FROM unnest(%(externals)s::text[]) AS told (external)
WHERE EXISTS (
    SELECT FROM wecom_followrelation f WHERE f.workspace_id = %(workspace)s AND f.account_id = %(giver)s
        AND f.external = told.external AND f.ended NOT IN ('staff', 'transfer')
) OR NOT EXISTS (
    SELECT FROM wecom_followrelation f WHERE f.workspace_id = %(workspace)s AND f.account_id = %(taker)s
        AND f.external = told.external AND f.ended = ''
)

-- name: differing
-- Of who left: relations the platform does not list any more (and nobody is taking over), and listed ones
-- that are not known here.
SELECT external FROM wecom_followrelation f
WHERE f.workspace_id = %(workspace)s AND f.account_id = %(account)s AND f.ended NOT IN ('staff', 'transfer')
    AND f.external <> ALL(%(listed)s::text[])
    AND NOT EXISTS (
        SELECT FROM wecom_handover h WHERE h.workspace_id = %(workspace)s AND h.corp_id = f.corp_id
            AND h.external = f.external AND h.state IN ('waiting', 'asked', 'begun')
    )
UNION ALL
SELECT told.external FROM unnest(%(listed)s::text[]) AS told (external)
WHERE NOT EXISTS (
    SELECT FROM wecom_followrelation f WHERE f.workspace_id = %(workspace)s AND f.account_id = %(account)s
        AND f.external = told.external AND f.ended NOT IN ('staff', 'transfer')
)
LIMIT %(most)s
