"""An application of FastAPI with the data of a file: fastapi_app.py PORT FILE"""

import json
import sys
from datetime import date, datetime
from enum import Enum
from itertools import count
from typing import List, Optional

import uvicorn
from fastapi import FastAPI, HTTPException, Path, Query, Response
from pydantic import BaseModel, EmailStr, Field

LABEL = "^[A-Z]+-[0-9]+$"


class SoilKind(str, Enum):
    clay = "clay"
    loam = "loam"
    chalk = "chalk"


class Soil(BaseModel):
    kind: SoilKind
    depth: int = Field(ge=1)


class OrchardIn(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    soil: Soil


class OrchardPatch(BaseModel):
    name: str = Field(None, min_length=1, max_length=20)
    soil: Soil = None


class OrchardOut(BaseModel):
    id: int
    name: str
    soil: Soil


class PersonIn(BaseModel):
    name: str = Field(min_length=1, max_length=20)


class PersonPatch(BaseModel):
    name: str = Field(None, min_length=1, max_length=20)


class PersonOut(BaseModel):
    id: int
    name: str


class TreeIn(BaseModel):
    orchard: int
    label: str = Field(min_length=1, max_length=8, regex=LABEL)
    kind: str = Field(min_length=1, max_length=20)
    planted: int = Field(ge=1900, le=2100)
    height: float = Field(ge=0)
    grafted: bool = False
    note: Optional[str] = Field(None, min_length=1, max_length=40)
    tags: List[str] = Field([], max_items=3)


class TreePatch(BaseModel):
    orchard: int = None
    label: str = Field(None, min_length=1, max_length=8, regex=LABEL)
    kind: str = Field(None, min_length=1, max_length=20)
    planted: int = Field(None, ge=1900, le=2100)
    height: float = Field(None, ge=0)
    grafted: bool = None
    note: Optional[str] = Field(None, min_length=1, max_length=40)
    tags: List[str] = Field(None, max_items=3)


class TreeOut(BaseModel):
    id: int
    orchard: int
    label: str
    kind: str
    planted: int
    height: float
    grafted: bool
    note: Optional[str]
    tags: List[str]


class HarvestIn(BaseModel):
    tree: int
    picker: Optional[int] = None
    kilos: int = Field(ge=1)
    day: date
    weighed: Optional[datetime] = None
    contact: Optional[EmailStr] = None


class HarvestPatch(BaseModel):
    tree: int = None
    picker: Optional[int] = None
    kilos: int = Field(None, ge=1)
    day: date = None
    weighed: Optional[datetime] = None
    contact: Optional[EmailStr] = None


class HarvestOut(BaseModel):
    id: int
    tree: int
    picker: Optional[int]
    kilos: int
    day: date
    weighed: Optional[datetime]
    contact: Optional[EmailStr]


app = FastAPI()
tables = {}
counters = {}
children = [("trees", "orchard", "orchards"), ("harvests", "tree", "trees")]


def find(table, key, title):
    for item in tables[table]:
        if item["id"] == key:
            return item
    raise HTTPException(404, f"{title} not found")


def check_label(given, but=None):
    if any(tree["label"] == given.get("label") and tree is not but for tree in tables["trees"]):
        raise HTTPException(400, "Label already registered")


def remove(table, item):
    tables[table].remove(item)
    for child, field, parent in children:
        if parent == table:
            for one in [one for one in tables[child] if one[field] == item["id"]]:
                remove(child, one)
    if table == "people":
        for harvest in tables["harvests"]:
            if harvest["picker"] == item["id"]:
                harvest["picker"] = None


def add_item_routes(table, title, In, Patch, Out, check=lambda given, but=None: None):
    """Create, read, replace, change and delete; each resource lists in its own way."""
    name = title.lower()
    item_path = f"/{table}/{{{name}_id}}"
    key = {"alias": f"{name}_id"}

    @app.post(f"/{table}", status_code=201, response_model=Out)
    def create(body: In):
        given = body.dict()
        check(given)
        item = {"id": next(counters[table]), **given}
        tables[table].append(item)
        return item

    @app.get(item_path, response_model=Out)
    def read(key: int = Path(**key)):
        return find(table, key, title)

    @app.put(item_path, response_model=Out)
    def replace(body: In, key: int = Path(**key)):
        item = find(table, key, title)
        check(body.dict(), item)
        item.update(body.dict())
        return item

    @app.patch(item_path, response_model=Out)
    def change(body: Patch, key: int = Path(**key)):
        item = find(table, key, title)
        given = body.dict(exclude_unset=True)
        check(given, item)
        item.update(given)
        return item

    @app.delete(item_path, status_code=204, response_class=Response)
    def delete(key: int = Path(**key)):
        remove(table, find(table, key, title))


@app.get("/orchards", response_model=List[OrchardOut])
def list_orchards():
    return tables["orchards"]


@app.get("/people", response_model=List[PersonOut])
def list_people():
    return tables["people"]


@app.get("/trees", response_model=List[TreeOut])
def list_trees(
    kind: Optional[str] = None,
    grafted: Optional[bool] = None,
    min_planted: Optional[int] = None,
    max_planted: Optional[int] = None,
    skip: int = Query(0, ge=0),
    limit: int = Query(2, ge=1, le=4),
):
    found = [
        tree
        for tree in tables["trees"]
        if (kind is None or tree["kind"] == kind)
        and (grafted is None or tree["grafted"] == grafted)
        and (min_planted is None or tree["planted"] >= min_planted)
        and (max_planted is None or tree["planted"] <= max_planted)
    ]
    return found[skip : skip + limit]


@app.get("/harvests", response_model=List[HarvestOut])
def list_harvests(day: Optional[date] = None):
    return [harvest for harvest in tables["harvests"] if day is None or str(harvest["day"]) == str(day)]


@app.get("/trees/{tree_id}/harvests", response_model=List[HarvestOut])
def list_harvests_of_tree(tree_id: int, day: Optional[date] = None):
    find("trees", tree_id, "Tree")
    return [harvest for harvest in list_harvests(day) if harvest["tree"] == tree_id]


@app.get("/trees/{tree_id}/harvests/{harvest_id}", response_model=HarvestOut)
def read_harvest_of_tree(tree_id: int, harvest_id: int):
    find("trees", tree_id, "Tree")
    harvest = find("harvests", harvest_id, "Harvest")
    if harvest["tree"] != tree_id:
        raise HTTPException(404, "Harvest not found")
    return harvest


add_item_routes("orchards", "Orchard", OrchardIn, OrchardPatch, OrchardOut)
add_item_routes("people", "Person", PersonIn, PersonPatch, PersonOut)
add_item_routes("trees", "Tree", TreeIn, TreePatch, TreeOut, check_label)
add_item_routes("harvests", "Harvest", HarvestIn, HarvestPatch, HarvestOut)

if __name__ == "__main__":
    port, file = sys.argv[1:]
    with open(file, encoding="utf-8") as lines:
        tables.update(json.load(lines))
    for name, items in tables.items():
        counters[name] = count(max(item["id"] for item in items) + 1)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")
