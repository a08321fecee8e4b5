"""How far the literature is, and where every entry went."""

from coproduction.core import accounting
from coproduction.literature import handover

from .chain import Chain
from .test_importing import RIS


def test_every_entry_is_accounted_for(two):
    account = handover.account(two.imports, two.clusters)
    accounting.check_account(account)
    left = account.groupby("outcome")["n"].sum().to_dict()
    assert left == {"refused": 1, "merged as duplicate": 2, "unique": 2}


def test_nothing_yet_is_a_state():
    chain = Chain([])
    assert handover.status(chain.imports, chain.pairs)["state"].tolist() == ["awaited"]
    assert handover.account(chain.imports, chain.clusters).empty


def test_missing_export_is_awaited():
    searches = [{"database": "Rivers", "file": "a.ris", "hits": 2}, {"database": "Trees", "file": "b.bib"}]
    chain = Chain([("a.ris", RIS.encode())], searches)
    row = handover.status(chain.imports, chain.pairs).iloc[0]
    assert (row["state"], row["done"], row["total"]) == ("partial", 1, 2)
    assert "b.bib" in row["awaited"]
    many = handover.status(
        Chain([], [{"database": "Trees", "file": f"{n}.bib"} for n in range(12)]).imports, chain.pairs
    )
    assert many["awaited"][0].endswith("5.bib, 6.bib, 7.bib and 2 more, from whoever runs the searches")
