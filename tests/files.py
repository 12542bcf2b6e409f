"""Files that people hand over, small and with something to hide in each."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

OWNER = "Vardas Pavardenis"


def jpeg(size: tuple[int, int] = (60, 40), *, turned: bool = False) -> bytes:
    """A photograph that tells who took it, where, and which way up; black on its left half."""
    picture = Image.new("RGB", size, "white")
    picture.paste((0, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = picture.getexif()
    exif[0x013B] = OWNER
    exif[0x8825] = {1: "N", 2: (54.0, 41.0, 10.0)}
    if turned:
        exif[0x0112] = 6
    return _saved(picture, "JPEG", exif=exif, comment=OWNER.encode(), quality=90)


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    notes = PngInfo()
    notes.add_text("Author", OWNER)
    return _saved(Image.new("RGBA", size, (0, 90, 60, 128)), "PNG", pnginfo=notes)


def webp() -> bytes:
    return _saved(Image.new("RGB", (8, 8), "green"), "WEBP", xmp=f"<x>{OWNER}</x>".encode())


def _saved(picture: Image.Image, kind: str, **facts: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **facts)
    return out.getvalue()


def pdf(*, password: str = "", pages: int = 1) -> bytes:
    """A PDF with a title, an author, a script that runs when opened, and a file inside."""
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(200, 200))
        made.docinfo["/Author"] = OWNER
        with made.open_metadata() as notes:
            notes["dc:creator"] = [OWNER]
        made.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        made.attachments["viduje.txt"] = OWNER.encode()
        made.pages[0].obj.Annots = made.make_indirect(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[0, 0, 9, 9],
                    T=OWNER,
                    Contents="Pastaba",
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe"),
                ),
            ]
        )
        out = io.BytesIO()
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        made.save(out, encryption=locked)
        return out.getvalue()


def word() -> bytes:
    """A Word file with an author, a comment and a photograph in it."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = OWNER
    paragraph = made.add_paragraph("Suoliukai prie poliklinikos.")
    made.add_comment(paragraph.runs, text="Gerai.", author=OWNER, initials="VP")
    made.add_picture(io.BytesIO(jpeg()))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet() -> bytes:
    made = openpyxl.Workbook()
    made.properties.creator = OWNER
    made.active["A1"] = "Suoliukai"
    made.active["A1"].comment = openpyxl.comments.Comment("Trys", OWNER)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def odt(body: str = "<text:p>Suoliukai</text:p>", **more: bytes) -> bytes:
    """A LibreOffice text with an author; `more` are further parts."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    names = (
        f'xmlns:office="{office}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    content = f"<office:document-content {names}><office:body>{body}</office:body>"
    meta = f"<office:document-meta {names}><dc:creator>{OWNER}</dc:creator></office:document-meta>"
    listed = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type=""/>'
        for name in ("/", "content.xml", "meta.xml", "Thumbnails/thumbnail.png", *more)
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": f"{content}</office:document-content>".encode(),
        "meta.xml": meta.encode(),
        "Thumbnails/thumbnail.png": png(),
        "META-INF/manifest.xml": (
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f"{listed}</m:manifest>"
        ).encode(),
        **more,
    }
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """The zip with other parts; None takes one out. Names are written with "/" as "__"."""
    held = unzipped(data)
    for name, content in parts.items():
        held[name.replace("__", "/").replace("_dot_", ".")] = content
    return zipped({name: content for name, content in held.items() if content is not None})
