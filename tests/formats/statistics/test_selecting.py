"""The values of one series of a table, and what the table offers; headings as publishers use them, invented values."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.statistics import layouts, selecting
from formats.statistics.conftest import DATABANK_TIMES, EUROSTAT, OECD, OWID, PANEL, UNDP, WORLD_BANK, sheet

SEVERAL = EUROSTAT + "".join(
    f"ESTAT:EX_AMPLE(1.0),22/05/26 11:00:00,A,{unit},{sex},{geo},2021,{value},,\n"
    for unit, sex, geo, value in [("PC", "F", "AT", 15.1), ("PC", "T", "EL", 19.6), ("THS", "T", "AT", 1200)]
)


def values(text, asked, name="a.csv", delimiter=","):
    layout = layouts.layout_of(sheet(text, name, delimiter))
    part = selecting.select(layout, selecting.wanted(asked))
    return None if part is None else selecting.cells(layout, part)


@pytest.mark.parametrize(
    ("text", "asked", "cells"),
    [
        (WORLD_BANK, "EX.AMP.LE", [(6, 2019, "1.5"), (6, 2020, "2.5"), (7, 2019, "3"), (7, 2020, "")]),
        (WORLD_BANK, "worldbank:ex.amp.le", [(6, 2019, "1.5"), (6, 2020, "2.5"), (7, 2019, "3"), (7, 2020, "")]),
        (WORLD_BANK, "Example (%)", [(6, 2019, "1.5"), (6, 2020, "2.5"), (7, 2019, "3"), (7, 2020, "")]),
        (DATABANK_TIMES, "OT.HER", [(2, 2019, "9")]),
        (DATABANK_TIMES, "Example (%)", [(2, 2019, "1.5")]),
        (EUROSTAT, "ex_ample", [(2, 2020, "13.9")]),
        (SEVERAL, "eurostat:ex_ample?unit=PC&sex=t", [(2, 2020, "13.9"), (4, 2021, "19.6")]),
        (OECD, "DF_EX", [(2, 2020, "33.6")]),
        (OWID, "example share", [(2, 2020, "3"), (3, 2020, "4")]),
        (OWID, "a", [(2, 2020, "3"), (3, 2020, "4")]),  # the only one in a.csv
        (PANEL, "v2x_other", [(2, 2020, ".7")]),
        (UNDP, "exa", [(2, 2021, ".9"), (2, 2022, ".91")]),
        ("country,1995,1996\nAustria,1,2\n", "a", [(2, 1995, "1"), (2, 1996, "2")]),
    ],
)
def test_a_series_goes_by_the_names_its_publisher_gives_it(text, asked, cells):
    found = values(text, asked)
    assert list(zip(found["row"], found["year"], found["cell"], strict=True)) == cells


@pytest.mark.parametrize(("text", "asked"), [(WORLD_BANK, "EX.AMP"), (EUROSTAT, "EX"), (PANEL, "v2x"), (OWID, "b")])
def test_the_beginning_of_a_name_is_not_the_name(text, asked):
    assert values(text, asked) is None


def test_marks_of_the_publisher_are_kept_and_a_normal_value_has_none():
    assert values(EUROSTAT, "ex_ample")["flag"].tolist() == ["b"]
    assert values(OECD, "DF_EX")["flag"].tolist() == [""]
    tsv = "freq,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \nA,AT\t1.5 bp\t: c\t2\n"
    found = values(tsv, "ex_ample", "estat_ex_ample.tsv", "\t")
    assert found["cell"].tolist() == ["1.5", ":", "2"]
    assert found["flag"].tolist() == ["bp", "c", ""]


def test_what_tells_several_series_of_a_name_apart_is_asked_for():
    with pytest.raises(StudyError, match="unit has PC, THS; sex has F, T") as error:
        values(SEVERAL, "ex_ample")
    assert error.value.remedy.endswith("ex_ample?unit=PC&sex=T")
    with pytest.raises(StudyError, match="sex has F, T"):
        values(SEVERAL, "ex_ample?unit=PC")


def test_two_series_are_not_mixed_though_no_country_has_both():
    text = "country,year,value,unit\nAUT,2020,1,EUR\nDNK,2020,2,DKK\n"
    with pytest.raises(StudyError, match="unit has DKK, EUR"):
        values(text, "a")
    assert len(values(text, "a?unit=*")) == 2


def test_a_multiplier_that_differs_is_asked_about():
    other = OECD.splitlines()[1].replace("AUT,Austria", "DNK,Denmark").replace(",0,Units", ",6,Millions")
    with pytest.raises(StudyError, match="UNIT_MULT has 0, 6"):
        values(f"{OECD}{other}\n", "DF_EX")


def test_a_part_that_the_table_lacks_is_named():
    with pytest.raises(StudyError, match="no part 'age'"):
        values(SEVERAL, "ex_ample?age=TOTAL")
    with pytest.raises(StudyError, match=r"no unit is 'EUR' \(it has PC, THS\)"):
        values(SEVERAL, "ex_ample?unit=EUR")


def test_the_name_of_a_file_with_several_columns_does_not_say_which():
    with pytest.raises(StudyError, match="contains 3 series"):
        values(PANEL, "a")


def test_a_period_that_is_no_year_has_none():
    found = values("geo,TIME_PERIOD,OBS_VALUE\nAT,2020-Q1,1\nAT,2020,2\n", "a")
    assert found["year"].isna().tolist() == [True, False]


@pytest.mark.parametrize("text", [WORLD_BANK, DATABANK_TIMES, SEVERAL, OECD, OWID, PANEL, UNDP])
def test_what_a_table_offers_is_what_it_gives_when_it_is_asked_so(text):
    layout = layouts.layout_of(sheet(text))
    for offer in selecting.offers(layout):
        part = selecting.select(layout, selecting.wanted(offer.series))
        assert part.overlaps(offer.part)
        found = selecting.cells(layout, part)
        assert (found["cell"] != "").sum() == offer.values
        assert found.loc[found["cell"] != "", "year"].agg(["min", "max"]).tolist() == [
            offer.first_year,
            offer.last_year,
        ]


def test_offers_count_every_cell_of_the_table_once():
    offered = selecting.offers(layouts.layout_of(sheet(SEVERAL)))
    assert [(offer.series, offer.values) for offer in offered] == [
        ("EX_AMPLE?unit=PC&sex=T", 2),
        ("EX_AMPLE?unit=PC&sex=F", 1),
        ("EX_AMPLE?unit=THS&sex=T", 1),
    ]


def test_codes_with_their_labels_behind_a_colon_are_codes():
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA: Reference area,SEX: Sex,TIME_PERIOD: Time period,OBS_VALUE\n"
        "DATAFLOW,X:DF_EX(1.0): Example,I,AT: Austria,_T: Total,2020,3\n"
        "DATAFLOW,X:DF_EX(1.0): Example,I,AT: Austria,F: Female,2020,4\n"
    )
    found = values(text, "DF_EX?SEX=_T")
    assert found[["REF_AREA", "cell"]].to_numpy().tolist() == [["AT", "3"]]


def test_a_column_of_series_may_be_narrowed_by_the_columns_beside_it():
    text = "country,year,sex,rate\nAUT,2020,F,1\nAUT,2020,T,2\n"
    assert values(text, "rate?sex=T")["cell"].tolist() == ["2"]
    with pytest.raises(StudyError, match=r"no part 'age' that distinguishes series \(it has sex, rate\)"):
        values(text, "rate?age=Y15")
