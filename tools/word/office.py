"""LibreOffice takes or refuses every tracked change of Word files, or only saves them again."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

Deed = Literal["accept", "reject", "save"]
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
MACRO = """
Sub Main
  Dim nOrders As Integer
  Dim sFrom, sInto, sDeed As String
  nOrders = FreeFile
  Open "{orders}" For Input As #nOrders
  Do While Not Eof(nOrders)
    Line Input #nOrders, sFrom
    Line Input #nOrders, sInto
    Line Input #nOrders, sDeed
    Settle(sFrom, sInto, sDeed)
  Loop
  Close #nOrders
  StarDesktop.terminate()
End Sub

Sub Settle(sFrom, sInto, sDeed)
  On Error Goto Failed
  Dim aHidden(0) As New com.sun.star.beans.PropertyValue
  Dim aKind(0) As New com.sun.star.beans.PropertyValue
  aHidden(0).Name = "Hidden"
  aHidden(0).Value = True
  aKind(0).Name = "FilterName"
  aKind(0).Value = "MS Word 2007 XML"
  oFile = StarDesktop.loadComponentFromURL(sFrom, "_blank", 0, aHidden())
  If sDeed <> "save" Then
    oDispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    oDispatcher.executeDispatch(oFile.CurrentController.Frame, sDeed, "", 0, Array())
  End If
  oFile.storeToURL(sInto, aKind())
  oFile.close(True)
Failed:
End Sub
"""
LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:library PUBLIC '
    '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">{elements}</library:library>'
)
MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE script:module PUBLIC '
    '"-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{macro}</script:module>'
)


def settled(files: Mapping[str, bytes], deeds: Mapping[str, Deed]) -> dict[str, bytes]:
    """Name -> the .docx that LibreOffice made of it; those it could not open are left out.

    files   name -> .docx
    deeds   name -> what is done with its tracked changes
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        orders = []
        for name, data in files.items():
            (place / f"{name}.docx").write_bytes(data)
            deed = COMMANDS.get(deeds[name], "save")
            orders += [_url(place / f"{name}.docx"), _url(place / f"{name}.out.docx"), deed]
        (place / "orders").write_text("\n".join(orders) + "\n")
        profile = place / "profile"
        _office(profile, "--terminate_after_init", seconds=120)  # it makes the folder its own way
        _teach(profile, MACRO.format(orders=_url(place / "orders")))
        _office(profile, "macro:///Standard.Module1.Main", seconds=120 + 60 * len(files))
        made = {name: place / f"{name}.out.docx" for name in files}
        return {name: path.read_bytes() for name, path in made.items() if path.exists()}


def _office(profile: Path, *arguments: str, seconds: int) -> None:
    home = f"-env:UserInstallation={_url(profile)}"
    command = ["soffice", "--headless", "--norestore", home, *arguments]
    subprocess.run(command, check=False, timeout=seconds, capture_output=True)


def _teach(profile: Path, macro: str) -> None:
    """Put the macro into the user's own library."""
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    element = '<library:element library:name="Module1"/>'
    (basic / "script.xlb").write_text(LIBRARY.format(elements=element))
    (basic / "Module1.xba").write_text(MODULE.format(macro=escape(macro)))


def _url(path: Path) -> str:
    return path.resolve().as_uri()
