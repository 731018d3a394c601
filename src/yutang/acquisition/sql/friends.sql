-- name: add
-- Whoever came is kept once for a code and one of the staff; told again, the earliest instant holds, and
-- she is half a friend only while nobody said more.
INSERT INTO acquisition_codefriend (
    workspace_id, code_id, staff, customer, external, userid, is_half, added_at, due_at, attempts,
    trouble_zh, trouble_en
)
SELECT %(workspace)s, code, staff, customer, external, userid, half, least(added_at, %(now)s),
    CASE WHEN todo THEN %(now)s END, 0, '', ''
FROM json_to_recordset(%(rows)s::json) AS came (
    code bigint, staff bigint, customer bigint, external text, userid text, half boolean,
    added_at timestamptz, todo boolean
)
ORDER BY code, staff, customer
ON CONFLICT (code_id, staff, customer) DO UPDATE
SET added_at = least(acquisition_codefriend.added_at, excluded.added_at),
    is_half = acquisition_codefriend.is_half AND excluded.is_half
RETURNING code_id, staff, customer, xmax = 0 AS is_new

-- name: claim
-- Of all workspaces: what is due is due.
WITH due AS (
    SELECT id FROM acquisition_codefriend
    WHERE due_at <= %(now)s
    ORDER BY due_at LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
)
UPDATE acquisition_codefriend f SET due_at = %(until)s
FROM due WHERE f.id = due.id
RETURNING f.id, f.workspace_id

-- name: counts
-- Friends of some codes: all, and since an instant.
SELECT code_id, count(*), count(*) FILTER (WHERE added_at >= %(since)s)
FROM acquisition_codefriend
WHERE workspace_id = %(workspace)s AND code_id = ANY(%(codes)s::bigint[])
GROUP BY code_id

-- name: of_code
-- Friends of a code by staff: since midnight, and since the present company stands behind it.
SELECT staff, count(*) FILTER (WHERE added_at >= %(midnight)s),
    count(*) FILTER (WHERE added_at >= %(company_since)s)
FROM acquisition_codefriend
WHERE workspace_id = %(workspace)s AND code_id = %(code)s
    AND added_at >= least(%(midnight)s, %(company_since)s)
GROUP BY staff

-- name: everywhere
SELECT staff, count(*) FROM acquisition_codefriend
WHERE workspace_id = %(workspace)s AND staff = ANY(%(staff)s::bigint[]) AND added_at >= %(midnight)s
GROUP BY staff
