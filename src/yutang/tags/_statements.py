"""The PostgreSQL statements that change taggings, each with its history and its marks for the mirror.

They run with the tag and its group locked (`_exclusivity.lock_tags`).
"""

__all__ = [
    "COUNT_GIVEN",
    "COUNT_UNCOUNTED",
    "CROSS_OFF",
    "DISPLACE",
    "EXPIRE",
    "GIVE",
    "GIVE_MANY",
    "KEEP_NEWEST",
    "MIRRORED",
    "OVERLAPS",
    "SHARE_GROUP",
    "SHARE_TAG",
    "TAKE",
]

# The group is locked, so that nobody gives one of its tags between this statement and GIVE.
DISPLACE = """
WITH gone AS (
    DELETE FROM tags_tagging AS t USING unnest(%(customers)s::bigint[]) AS whom (customer)
    WHERE t.workspace_id = %(workspace)s AND t.exclusive_group_id = %(group)s
        AND t.customer = whom.customer AND t.tag_id <> %(tag)s
    RETURNING t.tag_id, t.customer
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag_id, customer, 'displaced', %(source)s, %(actor)s, %(reason)s, %(now)s
    FROM gone
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag_id, customer FROM gone
)
SELECT tag_id, count(*) FROM gone GROUP BY tag_id ORDER BY tag_id
"""

# `xmax = 0` tells a row that was inserted from one that was there. Sources other than rules share
# one end: the longest that was given (NULL is for ever); where only rules held it, the one given now.
_PUT = """
WITH put AS (
    INSERT INTO tags_tagging AS t (workspace_id, tag_id, customer, exclusive_group_id, sources,
        tagged_at, tagged_by, expires_at)
    SELECT %(workspace)s, tag, customer, exclusive, ARRAY[%(source)s]::varchar[], %(now)s,
        %(actor)s, ends
    FROM {given}
    ON CONFLICT (tag_id, customer) DO UPDATE SET
        sources = CASE WHEN %(source)s = ANY(t.sources) THEN t.sources
            ELSE t.sources || EXCLUDED.sources END,
        expires_at = CASE WHEN %(by_rule)s THEN t.expires_at
            WHEN NOT EXISTS (SELECT FROM unnest(t.sources) AS s WHERE s NOT LIKE 'rule:%%')
                THEN EXCLUDED.expires_at
            WHEN t.expires_at IS NULL OR EXCLUDED.expires_at IS NULL THEN NULL
            ELSE greatest(t.expires_at, EXCLUDED.expires_at) END
    WHERE NOT %(source)s = ANY(t.sources)
        OR (NOT %(by_rule)s AND t.expires_at < coalesce(EXCLUDED.expires_at, 'infinity'))
    RETURNING tag_id, customer, xmax = 0 AS is_new
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag_id, customer, CASE WHEN is_new THEN 'given' ELSE 'confirmed' END,
        %(source)s, %(actor)s, %(reason)s, %(now)s
    FROM put
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag_id, customer FROM put
)
SELECT {told}
"""
_ONE_TAG = """(
        SELECT %(tag)s::bigint AS tag, customer, %(group)s::bigint AS exclusive,
            %(expires_at)s::timestamptz AS ends
        FROM unnest(%(customers)s::bigint[]) AS customer
    ) AS given"""
_MANY_TAGS = """(
        SELECT tag, customer, NULL::bigint AS exclusive, ends
        FROM unnest(%(tags)s::bigint[], %(whom)s::text[], %(ends)s::timestamptz[]) AS told (tag, whom, ends),
            unnest(whom::bigint[]) AS customer
    ) AS given"""
_HOW_MANY = "count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM put"
# How many have each tag now who had it not.
_OF_EACH = "tag_id, count(*) FROM put WHERE is_new GROUP BY tag_id ORDER BY tag_id"
GIVE = _PUT.format(given=_ONE_TAG, told=_HOW_MANY)
GIVE_MANY = _PUT.format(given=_MANY_TAGS, told=_OF_EACH)  # of groups that are not exclusive
COUNT_GIVEN = """
UPDATE tags_tag AS t SET customers = t.customers + counted.number, last_used_at = %(now)s
FROM unnest(%(tags)s::bigint[], %(numbers)s::bigint[]) AS counted (tag, number)
WHERE t.workspace_id = %(workspace)s AND t.id = counted.tag
"""

# Those who only give a tag hold it, and its group, beside one another; whoever changes it waits for them.
SHARE_GROUP = """
SELECT FROM tags_taggroup
WHERE workspace_id = %(workspace)s AND id = (SELECT group_id FROM tags_tag WHERE id = %(tag)s)
FOR SHARE
"""
SHARE_TAG = """
SELECT FROM tags_tag WHERE workspace_id = %(workspace)s AND id = %(tag)s FOR SHARE
"""
COUNT_UNCOUNTED = """
WITH counted AS (
    DELETE FROM tags_uncountedtagging
    WHERE workspace_id = %(workspace)s AND tag = ANY(%(tags)s::bigint[])
    RETURNING tag, given, at
)
UPDATE tags_tag AS t SET customers = t.customers + c.given, last_used_at = greatest(t.last_used_at, c.at)
FROM (SELECT tag, sum(given) AS given, max(at) AS at FROM counted GROUP BY tag) AS c
WHERE t.id = c.tag
"""

# What remains of the sources decides: nothing, and the row goes; something, and it stays with that.
TAKE = """
WITH held AS (
    SELECT t.id, t.sources, CASE WHEN %(by_rule)s THEN array_remove(sources, %(source)s)
        ELSE ARRAY(SELECT s FROM unnest(sources) AS s WHERE s LIKE 'rule:%%') END AS remaining
    FROM tags_tagging AS t JOIN unnest(%(customers)s::bigint[]) AS whom (customer) USING (customer)
    WHERE t.workspace_id = %(workspace)s AND t.tag_id = %(tag)s
), gone AS (
    DELETE FROM tags_tagging AS t USING held WHERE t.id = held.id AND held.remaining = '{}'
    RETURNING t.customer
), kept AS (
    UPDATE tags_tagging AS t SET sources = held.remaining,
        expires_at = CASE WHEN %(by_rule)s
            AND EXISTS (SELECT FROM unnest(held.remaining) AS s WHERE s NOT LIKE 'rule:%%')
            THEN t.expires_at END
    FROM held WHERE t.id = held.id AND held.remaining <> '{}' AND held.remaining <> held.sources
    RETURNING t.customer
), changed AS (
    SELECT customer, %(kind)s AS kind FROM gone UNION ALL SELECT customer, 'withdrawn' FROM kept
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, %(tag)s, customer, kind, %(source)s, %(actor)s, %(reason)s, %(now)s
    FROM changed
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, %(tag)s, customer FROM changed
)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM kept)
"""

OVERLAPS = """
SELECT count(*) FROM (
    SELECT customer FROM tags_tagging
    WHERE workspace_id = %(workspace)s AND tag_id = ANY(%(tags)s)
    GROUP BY customer HAVING count(*) > 1
) AS overlapping
"""

KEEP_NEWEST = """
WITH ranked AS (
    SELECT id, row_number() OVER (PARTITION BY customer ORDER BY tagged_at DESC, id DESC) AS place
    FROM tags_tagging WHERE workspace_id = %(workspace)s AND tag_id = ANY(%(tags)s)
), gone AS (
    DELETE FROM tags_tagging AS t USING ranked WHERE t.id = ranked.id AND ranked.place > 1
    RETURNING t.tag_id, t.customer
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag_id, customer, 'displaced', 'manual', %(actor)s, '', %(now)s FROM gone
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag_id, customer FROM gone
)
SELECT tag_id, count(*) FROM gone GROUP BY tag_id ORDER BY tag_id
"""

# What rules hold stays; everything else of these taggings ends.
EXPIRE = """
WITH held AS (
    SELECT id, sources,
        ARRAY(SELECT s FROM unnest(sources) AS s WHERE s LIKE 'rule:%%') AS remaining
    FROM tags_tagging
    WHERE workspace_id = %(workspace)s AND id = ANY(%(taggings)s) AND expires_at <= %(now)s
), gone AS (
    DELETE FROM tags_tagging AS t USING held WHERE t.id = held.id AND held.remaining = '{}'
    RETURNING t.tag_id, t.customer
), kept AS (
    UPDATE tags_tagging AS t SET sources = held.remaining, expires_at = NULL
    FROM held WHERE t.id = held.id AND held.remaining <> '{}'
    RETURNING t.tag_id, t.customer
), changed AS (
    SELECT tag_id, customer, 'expired' AS kind FROM gone
    UNION ALL SELECT tag_id, customer, 'withdrawn' FROM kept
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag_id, customer, kind, 'expiry', 'system:tags.expire', '', %(now)s
    FROM changed
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag_id, customer FROM changed
)
SELECT tag_id, count(*) FROM gone GROUP BY tag_id ORDER BY tag_id
"""

# The state of marked taggings as it is now; no tagging means that it is gone.
MIRRORED = """
SELECT marked.tag, marked.customer, t.id IS NULL AS removed, t.tagged_at,
    CASE WHEN EXISTS (SELECT FROM unnest(t.sources) AS s WHERE s LIKE 'rule:%%') THEN NULL
        ELSE t.expires_at END AS expires_at
FROM (
    SELECT DISTINCT tag, customer
    FROM tags_unmirroredtagging JOIN unnest(%(marks)s::bigint[]) AS mark (id) USING (id)
    WHERE workspace_id = %(workspace)s
) AS marked
LEFT JOIN tags_tagging AS t ON t.workspace_id = %(workspace)s AND t.tag_id = marked.tag
    AND t.customer = marked.customer
"""

CROSS_OFF = """
DELETE FROM tags_unmirroredtagging AS u USING unnest(%(marks)s::bigint[]) AS mark (id)
WHERE u.workspace_id = %(workspace)s AND u.id = mark.id
"""
