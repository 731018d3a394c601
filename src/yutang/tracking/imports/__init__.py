"""Files of any size become events or customers: read, mapped, checked, recorded.

    readers/      a file, block by block: CSV, whitespace-separated text, Excel, Parquet, JSON lines
    mapping.py    which column becomes what: a declaration, checked before anything is read
    guessing.py   a proposal of that declaration from names and content
    recipes.py    declarations that fit well-known files as they are
    coercion.py   columns of text become instants, fen, numbers
    running.py    block by block into the stores, each block and its checkpoint in one transaction

Nothing here talks to the warehouse: rows take the same durable way as every other event.
"""
