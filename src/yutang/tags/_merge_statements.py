"""The PostgreSQL statements that move the customers of one tag to another, a batch at a time.

They run in this order, with both tags and their groups locked; `taggings` are rows of the tag that goes.
"""

__all__ = ["JOIN_BOTH", "MAKE_ROOM", "MOVE_REST", "TOGETHER"]

TOGETHER = """
SELECT count(*) FILTER (WHERE tag_id = %(this)s),
    count(*) FILTER (WHERE tag_id = %(this)s AND EXISTS (
        SELECT FROM tags_tagging AS i
        WHERE i.workspace_id = %(workspace)s AND i.tag_id = %(into)s AND i.customer = t.customer)),
    count(*) FILTER (WHERE tag_id = %(this)s AND EXISTS (
        SELECT FROM tags_tagging AS o
        WHERE o.workspace_id = %(workspace)s AND o.exclusive_group_id = %(group)s
            AND o.customer = t.customer AND o.tag_id NOT IN (%(this)s, %(into)s)))
FROM tags_tagging AS t WHERE workspace_id = %(workspace)s AND tag_id = %(this)s
"""

# Who has both keeps the one: every source, the earlier beginning, the later end.
JOIN_BOTH = """
WITH pairs AS (
    SELECT t.id AS this_row, i.id AS into_row, t.sources, t.tagged_at, t.expires_at
    FROM tags_tagging AS t JOIN tags_tagging AS i USING (customer)
    WHERE t.workspace_id = %(workspace)s AND t.tag_id = %(this)s AND t.id = ANY(%(taggings)s)
        AND i.workspace_id = %(workspace)s AND i.tag_id = %(into)s
), gone AS (
    DELETE FROM tags_tagging AS t USING pairs WHERE t.id = pairs.this_row RETURNING t.customer
), joined AS (
    UPDATE tags_tagging AS i SET
        sources = ARRAY(SELECT DISTINCT s FROM unnest(i.sources || pairs.sources) AS s ORDER BY s),
        tagged_at = least(i.tagged_at, pairs.tagged_at),
        expires_at = CASE
            WHEN NOT EXISTS (SELECT FROM unnest(i.sources) AS s WHERE s NOT LIKE 'rule:%%')
                THEN pairs.expires_at
            WHEN NOT EXISTS (SELECT FROM unnest(pairs.sources) AS s WHERE s NOT LIKE 'rule:%%')
                THEN i.expires_at
            WHEN i.expires_at IS NULL OR pairs.expires_at IS NULL THEN NULL
            ELSE greatest(i.expires_at, pairs.expires_at) END
    FROM pairs WHERE i.id = pairs.into_row RETURNING i.customer
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, %(this)s, customer, 'removed', 'merge', %(actor)s, %(reason)s, %(now)s
    FROM gone
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, %(this)s, customer FROM gone
    UNION ALL SELECT %(workspace)s, %(into)s, customer FROM joined
)
SELECT count(*) FROM gone
"""

# Where the tag that stays is of an exclusive group, it takes the place of the group's others.
MAKE_ROOM = """
WITH gone AS (
    DELETE FROM tags_tagging AS o USING tags_tagging AS t
    WHERE t.id = ANY(%(taggings)s) AND t.workspace_id = %(workspace)s
        AND o.workspace_id = %(workspace)s AND o.customer = t.customer
        AND o.exclusive_group_id = %(group)s AND o.tag_id NOT IN (%(this)s, %(into)s)
    RETURNING o.tag_id, o.customer
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag_id, customer, 'displaced', 'merge', %(actor)s, %(reason)s, %(now)s
    FROM gone
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag_id, customer FROM gone
)
SELECT tag_id, count(*) FROM gone GROUP BY tag_id ORDER BY tag_id
"""

MOVE_REST = """
WITH moved AS (
    UPDATE tags_tagging SET tag_id = %(into)s, exclusive_group_id = %(group)s
    WHERE workspace_id = %(workspace)s AND tag_id = %(this)s AND id = ANY(%(taggings)s)
    RETURNING customer
), noted AS (
    INSERT INTO tags_tagchange (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, tag, customer, kind, 'merge', %(actor)s, %(reason)s, %(now)s
    FROM moved, (VALUES (%(this)s, 'removed'), (%(into)s, 'given')) AS line (tag, kind)
), marked AS (
    INSERT INTO tags_unmirroredtagging (workspace_id, tag, customer)
    SELECT %(workspace)s, tag, customer FROM moved, (VALUES (%(this)s), (%(into)s)) AS line (tag)
)
SELECT count(*) FROM moved
"""
