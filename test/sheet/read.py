# Reads the workbook and the XML that are named, and prints every cell and test case as JSON.
import json
import sys
import warnings
import xml.etree.ElementTree as ElementTree

import openpyxl

warnings.simplefilter("ignore")
workbook, junit = sys.argv[1:]
sheet = openpyxl.load_workbook(workbook).active
cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
types = sorted({cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None})
cases = [
    [case.get("name"), [child.tag for child in case], [child.get("message") for child in case]]
    for case in ElementTree.parse(junit).iter("testcase")
]
json.dump({"cells": cells, "types": types, "orientation": sheet.page_setup.orientation, "cases": cases}, sys.stdout)
