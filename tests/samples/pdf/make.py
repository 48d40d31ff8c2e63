"""Makes the PDF samples anew: ``python -m tests.samples.pdf.make PLAIN.ttf BOLD.ttf`` (made with Liberation Serif)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).parent
LEFT, RIGHT, STEP, SIZE, INDENT = 85.0, 510.0, 14.0, 11.5, 28.0


class Sheet:
    """A page under way, filled from the top; lines are given as they stand."""

    def __init__(self, name: str, size: tuple[float, float] = A4) -> None:
        self.canvas = Canvas(str(FOLDER / name), pagesize=size, invariant=True)
        self.height = size[1]
        self.y = self.height - 90

    def text(self, x: float, text: str, *, size: float = SIZE, font: str = "Plain", rise: float = 0) -> float:
        """Set text; its right edge."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y + rise, text)
        return x + float(pdfmetrics.stringWidth(text, font, size))

    def down(self, steps: float = 1) -> None:
        self.y -= steps * STEP

    def paragraph(self, *lines: str, indent: float = INDENT, gap: float = 1, font: str = "Plain") -> None:
        """Lines of a paragraph: all but the last are stretched to the right edge."""
        for number, line in enumerate(lines):
            x = LEFT + (indent if number == 0 else 0)
            if number < len(lines) - 1:
                self.stretched(x, line, font)
            else:
                self.text(x, line, font=font)
            self.down(gap if number == len(lines) - 1 else 1)

    def stretched(self, x: float, line: str, font: str = "Plain") -> None:
        words = line.split(" ")
        width = sum(pdfmetrics.stringWidth(word, font, SIZE) for word in words)
        space = (RIGHT - x - width) / max(len(words) - 1, 1)
        assert space > 1.5, (line, space)
        for word in words:
            self.text(x, word, font=font)
            x += pdfmetrics.stringWidth(word, font, SIZE) + space

    def centred(self, text: str, *, font: str = "Bold", size: float = SIZE) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString((LEFT + RIGHT) / 2, self.y, text)
        self.down()

    def turn(self, header: str, number: int) -> None:
        """Header and number of this page, then the next."""
        self.canvas.setFont("Plain", 9)
        self.canvas.drawString(LEFT, self.height - 40, header)
        self.canvas.drawCentredString((LEFT + RIGHT) / 2, 40, f"- {number} -")
        self.canvas.showPage()
        self.y = self.height - 90


def law() -> None:
    """A law with all that wraps, runs over pages and is raised."""
    sheet = Sheet("law.ru.pdf")
    header = "Сборник актов айыл аймака Үлгү"
    sheet.centred("ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ", size=14)
    sheet.centred("от 5 марта 2031 года № 0-12")
    sheet.down()
    sheet.centred("О порядке ведения похозяйственных книг в айыл аймаке Үлгү и о мерах")
    sheet.centred("по его соблюдению")
    sheet.down()
    sheet.paragraph("Статья 1. Общие положения", gap=1.5, font="Bold")
    sheet.paragraph(
        "1. Настоящий Закон определяет порядок ведения книг, в которых имуще-",
        "ство каждого двора записывается по правилам социально-экономического",
        "учета. Имущество двора записывается один раз в год.",
    )
    sheet.paragraph(
        "2. Запись делается по образцу, утвержденному Законом от 15 июля 2009 года №",
        "49) и применяется, если иное не указано в других законах (статья",
        "21 настоящего Закона) или в решении местного кенеша.",
    )
    sheet.paragraph(
        "3. Записи, сделанные до 1 января 2031 года, сохраняют силу в течение социально-",
        "экономического переходного периода, который начинается в",
        "2031 году и заканчивается через два года.",
    )
    right = sheet.text(LEFT + INDENT, "4. Площадь двора указывается в м")
    right = sheet.text(right, "2", size=7, rise=4)
    sheet.text(right, " и округляется до целых.")
    sheet.down(22)
    sheet.paragraph(
        "5. Книга ведется секретарем айыл өкмөтү, который отвечает за полноту и",
        "точность каждой записи, а по просьбе жителя выдает ему выписку из книги",
        "в день обращения без взимания платы за ее составление и без",
        "",
    )
    sheet.turn(header, 1)
    sheet.paragraph("требования иных документов.", indent=0)
    sheet.paragraph("Статья 2. Выписки", gap=1.5, font="Bold")
    sheet.paragraph("Выписка выдается:")
    sheet.paragraph("1) жителю айыл аймака;")
    sheet.paragraph("2) наследнику жителя;")
    sheet.paragraph("3) иному лицу по доверенности.")
    right = sheet.text(LEFT + INDENT, "Статья 2", font="Bold")
    right = sheet.text(right, "1", size=7, rise=4, font="Bold")
    sheet.text(right, ". Выписки для суда", font="Bold")
    sheet.down(1.5)
    sheet.paragraph(
        "Суду выписка направляется в течение трех дней. Порядок ее направления",
        "устанавливается статьей 2 настоящего Закона и другими актами.",
    )
    sheet.turn(header, 2)
    sheet.paragraph("Статья 3. Вступление в силу", gap=1.5, font="Bold")
    sheet.paragraph("Настоящий Закон вступает в силу со дня официального опубликования.")
    sheet.turn(header, 3)
    sheet.canvas.save()


def table() -> None:
    """A ruled table whose cells look like points, a footnote that interrupts a paragraph, two columns in the head."""
    sheet = Sheet("table.ky.pdf")
    for kyrgyz, russian in (("ҮЛГҮ АЙЫЛ", "АЙЫЛНЫЙ КЕНЕШ"), ("АЙЫЛДЫК КЕҢЕШИ", "АЙЫЛА ҮЛГҮ")):
        sheet.canvas.setFont("Bold", SIZE)
        sheet.canvas.drawCentredString(170, sheet.y, kyrgyz)
        sheet.canvas.drawCentredString(445, sheet.y, russian)
        sheet.down()
    sheet.down(2)
    sheet.centred("ТОКТОМ")
    sheet.down()
    sheet.paragraph("1. Жыйымдардын ставкалары бекитилсин:")
    rows = (
        ("№", "Жыйым", "Сом"),
        ("1.", "Унаа токтотуу", "15"),
        ("2.", "Таштанды чыгаруу", "20,5"),
        ("3.", "Базар", ""),
    )
    edges = (LEFT, LEFT + 40, LEFT + 300, RIGHT)
    top = sheet.y + STEP
    for row in rows:
        for x, cell in zip(edges, row, strict=False):
            sheet.text(x + 5, cell)
        sheet.canvas.line(LEFT, sheet.y + 11, RIGHT, sheet.y + 11)
        sheet.down()
    sheet.canvas.line(LEFT, sheet.y + 11, RIGHT, sheet.y + 11)
    for x in edges:
        sheet.canvas.line(x, top - 3, x, sheet.y + 11)
    sheet.down()
    sheet.paragraph("2. Токтомдун аткарылышын көзөмөлдөө кеңештин төрагасына")
    sheet.y = 120
    sheet.stretched(LEFT + INDENT, "3. Ушул токтом айылдын тактасына илинет жана жашоочулардын баарына")
    sheet.y = 60
    right = sheet.text(LEFT, "1", size=5, rise=3)
    sheet.text(right, " Айыл өкмөтүнүн алдындагы такта.", size=8)
    sheet.turn("", 1)
    sheet.paragraph("кеңештин отурумунда окулат.", indent=0)
    sheet.canvas.save()


def charter() -> None:
    """Paragraphs set apart by space alone, hanging points, with bookmarks."""
    sheet = Sheet("charter.ky.pdf")
    sheet.canvas.bookmarkPage("one")
    sheet.canvas.addOutlineEntry("I. Жалпы жоболор", "one", 0)
    sheet.centred("I. Жалпы жоболор")
    sheet.down(0.6)
    sheet.paragraph(
        "1.1. Ушул устав Үлгү айыл аймагынын жергиликтүү жамаатынын турмушун",
        "жөнгө салат жана анын бардык мүчөлөрү үчүн милдеттүү.",
        indent=0,
        gap=1.6,
    )
    sheet.paragraph(
        "1.2. Уставды кеңеш кабыл алат. Аны өзгөртүүнү мүчөлөрдүн үчтөн бири",
        "сунуштай алат.",
        indent=0,
        gap=1.6,
    )
    sheet.paragraph(
        "Жыйын төмөнкүлөрдү карайт:",
        indent=0,
        gap=1.6,
    )
    for first, second in (("- айылдын жолдорун оңдоо жана жарык кылуу маселелерин, анын ичинде", "көпүрөлөрдү;"),):
        sheet.stretched(LEFT + 14, first)
        sheet.down()
        sheet.text(LEFT + 22, second)
        sheet.down()
    sheet.text(LEFT + 14, "- башка маселелерди.")
    sheet.canvas.save()


def main(plain: str, bold: str) -> None:
    """Write all samples beside this module."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont("Plain", plain))
    pdfmetrics.registerFont(TTFont("Bold", bold))
    makers: tuple[Callable[[], None], ...] = (law, table, charter)
    for make in makers:
        make()


if __name__ == "__main__":
    main(*sys.argv[1:])
