"""Tables as publishers lay them out: their headings, invented values."""

import csv
import io

from coproduction.formats.statistics.reading import Sheet


def sheet(text, name="a.csv", delimiter=","):
    numbered = list(enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1))
    kept = [(number, [cell.strip() for cell in row]) for number, row in numbered if any(row)]
    return Sheet(name, [row for _, row in kept], [number for number, _ in kept])


WORLD_BANK = """"Data Source","World Development Indicators",

"Last Updated Date","2026-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",
"Austria","AUT","Example (%)","EX.AMP.LE","1.5","2.5",
"Denmark","DNK","Example (%)","EX.AMP.LE","3","",
"""
DATABANK = """Series Name,Series Code,Country Name,Country Code,2019 [YR2019],2020 [YR2020]
Example (%),EX.AMP.LE,Austria,AUT,1.5,..
,,,,,
Data from database: World Development Indicators,,,,,
Last Updated: 07/01/2026,,,,,
"""
DATABANK_TIMES = """Time,Time Code,Country Name,Country Code,Example (%) [EX.AMP.LE],Other [OT.HER]
2019,YR2019,Austria,AUT,1.5,9
"""
EUROSTAT = """DATAFLOW,LAST UPDATE,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:EX_AMPLE(1.0),22/05/26 11:00:00,A,PC,T,AT,2020,13.9,b,
"""
OECD = """STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,MEASURE,Measure,TIME_PERIOD,Time period,\
OBS_VALUE,Observation value,OBS_STATUS,Observation status,UNIT_MULT,Unit multiplier,DECIMALS,Decimals
DATAFLOW,OECD.X:DSD_EX@DF_EX(1.0),Example,I,AUT,Austria,EXA,Example measure,2020,,33.6,,A,Normal value,0,Units,1,One
"""
OWID = "Entity,Code,Year,Example share\nAustria,AUT,2020,3\nWorld,OWID_WRL,2020,4\n"
PANEL = "country_name,country_text_id,country_id,year,v2x_example,v2x_other\nAustria,AUT,144,2020,.8,.7\n"
UNDP = "iso3,country,region,exa_rank_2022,exa_2021,exa_2022,other_2021,other_2022\nAUT,Austria,,22,.9,.91,3,4\n"
