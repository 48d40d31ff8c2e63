"""Lines of a text and the units that they are: each trap of official texts at least once."""

from __future__ import annotations

import pytest

from tests.ingest.structure.sources import expected, outline, structure

ARTICLES = {
    "ru: section name in the next paragraph, chapter by word, points, inserted point, closing alinea": (
        """
        РАЗДЕЛ I
        ОБЩИЕ ПОЛОЖЕНИЯ
        Глава первая
        Основы
        Статья 1. Предмет
        1. Часть первая:
        1) первое;
        2) второе:
        а) раз;
        б) два;
        2-1) вставное.
        Заключение части первой.
        2. Часть вторая.
        - тире;
        Абзац второй.
        Глава первая-1 О чём-то
        Статья 2. Имя
        Текст.
        """,
        """
        section I = ОБЩИЕ ПОЛОЖЕНИЯ
        .chapter 1 = Основы
        ..article 1 = Предмет
        ...paragraph 1 +1
        ....point 1 +1
        ....point 2 +1
        .....subpoint а +1
        .....subpoint б +1
        ....point 2-1 +1
        ....alinea - +1
        ...paragraph 2 +3
        .chapter 1-1 = О чём-то
        ..article 2 = Имя +1
        """,
    ),
    "ky, newer: parts, numbered sections first, § with a hyphen, headings over two lines, notes": (
        """
        !ЖАЛПЫ БӨЛҮК
        !I БӨЛҮМ. ЖАЛПЫ ЖОБОЛОР
        !1-глава. Негиздер
        !1-§. Максаттар
        *1-берене. Ушул Мыйзамдын
        *максаты
        1. Бир.
        !2-§. Түшүнүктөр
        *2-берене. Түшүнүк
        Текст.
        !ӨЗГӨЧӨ БӨЛҮК
        !II БӨЛҮМ. АТАЙЫН
        !2-глава. Башка
        *3-берене. Акыркы
        Текст.
        (КР 2019-жылдын 8-июлундагы N 0-83 Мыйзамынын редакциясына ылайык)
        *4-берене. Эски
        (Күчүн жоготту - КР 2019-жылдын 8-июлундагы N 0-83 Мыйзамы)
        """,
        """
        part - = ЖАЛПЫ БӨЛҮК
        .section I = ЖАЛПЫ ЖОБОЛОР
        ..chapter 1 = Негиздер
        ...subchapter 1 = Максаттар
        ....article 1 = Ушул Мыйзамдын максаты
        .....paragraph 1 +1
        ...subchapter 2 = Түшүнүктөр
        ....article 2 = Түшүнүк +1
        part - = ӨЗГӨЧӨ БӨЛҮК
        .section II = АТАЙЫН
        ..chapter 2 = Башка
        ...article 3 = Акыркы +1
        ...article 4 = Эски !
        """,
    ),
    "ky, older: chapters without a stop, articles by the Russian word, references in case forms": (
        """
        1-бөлүм. Жалпы
        3-Глава Кеңештин ыйгарымдары
        11-статья. Кеңештин иши
        34-1-главада каралбаган эреже.
        40-беренесинин 1-бөлүгү колдонулат.
        1) бир;
        2) эки.
        I-бап. Акыркы
        12-статья. Күчү
        Текст.
        """,
        """
        section 1 = Жалпы
        .chapter 3 = Кеңештин ыйгарымдары
        ..article 11 = Кеңештин иши +2
        ...point 1 +1
        ...point 2 +1
        .chapter I = Акыркы
        ..article 12 = Күчү +1
        """,
    ),
    "inserted numbers in every dress; a square metre is no number": (
        """
        Статья 21. Первая
        Площадь 10 м^2^.
        Статья 21^1^. Вставная
        Текст.
        Статья 317^1.^ С точкой внутри
        Текст.
        Статья 318¹. Знаком
        Текст.
        Статья 738 -58. С пробелом
        Текст.
        Статья З09-3. С буквой
        10^2^ текст.
        Статья 310
        . Точка на новой строке
        Текст.
        21^1^-берене. Аралаш
        """,
        """
        article 21 = Первая +1
        article 21-1 = Вставная +1
        article 317-1 = С точкой внутри +1
        article 318-1 = Знаком +1
        article 738-58 = С пробелом +1
        article 309-3 = С буквой +1
        article 310 = Точка на новой строке +1
        article 21-1 = Аралаш
        """,
    ),
    "look-alike letters and spaced-out words": (
        """
        РАЗДЕЛ П. Имя
        С т а т ь я 1. Имя
        Текст.
        РАЗДЕЛ Ш
        ИМЯ
        статЪя 2. Имя
        Текст.
        Раздел ІV. Имя
        Стaтья 3. Имя
        1) раз;
        2) два;
        З) три;
        4) четыре.
        """,
        """
        section II = Имя
        .article 1 = Имя +1
        section III = ИМЯ
        .article 2 = Имя +1
        section IV = Имя
        .article 3 = Имя
        ..point 1 +1
        ..point 2 +1
        ..point 3 +1
        ..point 4 +1
        """,
    ),
    "references at a paragraph's start are text": (
        """
        Глава 1. Имя
        Статья 1. Имя
        Статья 21 настоящего Кодекса не применяется.
        Глава 5 настоящего Кодекса применяется.
        Раздел III Закона не применяется.
        Часть первая статьи 5 применяется.
        17.5-пунктка ылайык.
        01.02.2022 года.
        """,
        """
        chapter 1 = Имя
        .article 1 = Имя +6
        """,
    ),
    "articles without heading": (
        """
        Статья 1
        1. Текст.
        Статья 2
        Государство и его органы служат обществу, а не какой-либо его части.
        Статья 3. К ведению относятся:
        1) одно;
        2) другое.
        Статья 4. Порядок определяется Правительством. Правительство отвечает за него.
        """,
        """
        article 1
        .paragraph 1 +1
        article 2 +1
        article 3 +1
        .point 1 +1
        .point 2 +1
        article 4 +1
        """,
    ),
    "headings that run on": (
        """
        Статья 1. Государственная регистрация
        по принципу «единого окна»
        1. Текст.
        Статья 2. Ответственность за нарушение настоящего
        Закона
        1. Текст.
        Статья 3. Имя 1. Первая часть.
        2. Вторая часть.
        Статья 4. Имя ⏎ на двух строках ⏎ Текст статьи.
        """,
        """
        article 1 = Государственная регистрация по принципу «единого окна»
        .paragraph 1 +1
        article 2 = Ответственность за нарушение настоящего Закона
        .paragraph 1 +1
        article 3 = Имя
        .paragraph 1 +1
        .paragraph 2 +1
        article 4 = Имя на двух строках +1
        """,
    ),
    "repeals: whole articles, paragraphs, alineas; words about other acts change nothing": (
        """
        Статья 5. (Исключена Законом КР от 1 мая 2005 года № 0-3)
        Статья 6. Название
        (Утратила силу в соответствии с Законом КР от 1 мая 2005 года № 0-3)
        Статья 7. Другое (Исключена Законом КР от 1 мая 2005 года № 0-3)
        Статья 8. Живая
        1. (Утратил силу в соответствии с Законом КР от 1 мая 2005 года № 0-3)
        2. Текст.
        (Абзац 2 утратил силу в соответствии с Законом КР от 1 мая 2005 года № 0-3)
        3. Признать утратившими силу Закон КР от 1 мая 2005 года № 0-4.
        (В редакции Закона КР от 1 мая 2005 года № 0-3)
        Статьи 9–11. (Исключены Законом КР от 1 мая 2005 года № 0-3)
        """,
        """
        article 5 !
        article 6 = Название !
        article 7 = Другое !
        article 8 = Живая
        .paragraph 1 !
        .paragraph 2 +1
        .paragraph 3 +1
        article 9 !
        article 10 !
        article 11 !
        """,
    ),
    "an article standing twice in a row: the last copy; signatures": (
        """
        Статья 12. Дубль
        Старый текст.
        Статья 12. Дубль
        Новый текст.
        1. Новая часть.
        Президент Кыргызской Республики У. Улгулуев
        Принят Жогорку Кенешем 5 мая 2005 года
        """,
        """
        article 12 = Дубль +1
        .paragraph 1 +1
        conclusions - +2
        """,
    ),
    "bare numbered sub-headings among articles": (
        """
        Глава 5. Лица
        Параграф 1
        Основные положения
        Статья 1. Имя
        1. Текст.
        2. Текст.
        § 2. Товарищества
        1. Общие положения
        Статья 2. Имя
        1. Текст.
        2. Полное товарищество
        Статья 3. Имя
        1. Текст
        """,
        """
        chapter 5 = Лица
        .subchapter 1 = Основные положения
        ..article 1 = Имя
        ...paragraph 1 +1
        ...paragraph 2 +1
        .subchapter 2 = Товарищества
        ..subchapter 1 = Общие положения
        ...article 2 = Имя
        ....paragraph 1 +1
        ....paragraph 2 +1
        ...article 3 = Имя
        ....paragraph 1 +1
        """,
    ),
    "a list below an alinea; Latin letters in a list; points straight below an article": (
        """
        Статья 1. Имя
        Орган вправе:
        1) а;
        2) б.
        Орган обязан:
        1) в;
        2) г.
        Статья 2. Имя
        a) раз;
        b) два;
        c) три.
        """,
        """
        article 1 = Имя +1
        .point 1 +1
        .point 2 +1
        .alinea - +1
        ..point 1 +1
        ..point 2 +1
        article 2 = Имя
        .subpoint а +1
        .subpoint b +1
        .subpoint c +1
        """,
    ),
    "a quoted article of another act is text": (
        """
        Статья 1. Внести изменения:
        1) статью 5 изложить в следующей редакции:
        «Статья 5. Новая
        1. Цитата.
        2. Цитата.»;
        2) статью 6 исключить.
        Статья 2. Настоящий Закон вступает в силу со дня опубликования.
        """,
        """
        article 1 +1
        .point 1 +4
        .point 2 +1
        article 2 +1
        """,
    ),
    "superscripts that the format lost, told by the numbers around; an extract's far number stays": (
        """
        Статья 23. Имя
        1. Текст.
        2. Текст.
        21. Вставная.
        22. Вставная.
        3. Текст.
        31. Последняя.
        Статья 231. Имя
        Статья 232. Имя
        Статья 24. Имя
        Статья 241. Имя
        """,
        """
        article 23 = Имя
        .paragraph 1 +1
        .paragraph 2 +1
        .paragraph 2-1 +1
        .paragraph 2-2 +1
        .paragraph 3 +1
        .paragraph 3-1 +1
        article 23-1 = Имя
        article 23-2 = Имя
        article 24 = Имя
        article 241 = Имя
        """,
    ),
    "a list of contents where paragraphs restart, names on the next line in the body": (
        """
        ЧАСТЬ II.
        Глава 1. Купля
        Параграф 1. Общее
        Параграф 2. Частное
        1. Частное с подзаголовком
        Глава 2. Мена
        Параграф 1. Другое общее
        ЧАСТЬ II
        Глава 1
        Купля
        Параграф 1
        Общее
        Статья 1. Имя
        Текст.
        Параграф 2
        Частное
        1. Частное с подзаголовком
        Статья 2. Имя
        Текст.
        Глава 2
        Мена
        Параграф 1
        Другое общее
        Статья 3. Имя
        Текст.
        """,
        """
        part II
        .chapter 1 = Купля
        ..subchapter 1 = Общее
        ...article 1 = Имя +1
        ..subchapter 2 = Частное
        ...subchapter 1 = Частное с подзаголовком
        ....article 2 = Имя +1
        .chapter 2 = Мена
        ..subchapter 1 = Другое общее
        ...article 3 = Имя +1
        """,
    ),
    "a list of contents is not doubled": (
        """
        ОГЛАВЛЕНИЕ
        Глава 1. Имя ........ 3
        Статья 1. Имя ....... 3
        Статья 2. Длинное имя статьи,
        на двух строках ..... 4
        Глава 2. Имя ........ 5
        Статья 3. Имя ....... 5
        Глава 1. Имя
        Статья 1. Имя
        Текст.
        Статья 2. Длинное имя статьи
        Текст.
        Глава 2. Имя
        Статья 3. Имя
        Текст.
        """,
        """
        chapter 1 = Имя
        .article 1 = Имя +1
        .article 2 = Длинное имя статьи +1
        chapter 2 = Имя
        .article 3 = Имя +1
        """,
    ),
}

CLAUSES = {
    "ky charter: contents, decimals, a clause behind a line break, numbers without parent": (
        """
        I. Жалпы жоболор
        II. Кеңеш
        III. Корутунду
        !I. Жалпы жоболор
        *1. Максаты
        1.1. Текст.
        1.2.Текст.
        *2. Түшүнүктөр
        Бул уставда:
        жамаат – адамдар;
        2.1. Текст:
        2.1.1. ички;
        2.1.2. ички.
        !II. Кеңеш
        *3. Иши
        3.1.1. Энесиз.
        3.1.2. Энесиз.
        3.2. Текст. ⏎ 3.3. Жашырын. ⏎ сап
        3.4. Текст №
        49) эмес.
        !III. Корутунду
        *4. Акыркы
        Текст.
        """,
        """
        section I = Жалпы жоболор
        .clause 1 = Максаты
        ..subclause 1.1 +1
        ..subclause 1.2 +1
        .clause 2 = Түшүнүктөр +2
        ..subclause 2.1 +1
        ...subclause 2.1.1 +1
        ...subclause 2.1.2 +1
        section II = Кеңеш
        .clause 3 = Иши
        ..subclause 3.1.1 +1
        ..subclause 3.1.2 +1
        ..subclause 3.2 +1
        ..subclause 3.3 +1
        ..subclause 3.4 +1
        section III = Корутунду
        .clause 4 = Акыркы +1
        """,
    ),
    "ky order numbered by Word, agreed-by list, appendices with stamps over several lines": (
        """
        буйрук кылам:
        [1.] Биринчи.
        [2.] Экинчи:
        - бир;
        - эки.
        [3.] Көзөмөл башчынын орун басары Ү.Ү. Үлгүлүевге жүктөлсүн.
        Директор	Ү. Үлгүлүев
        Макулдашылды:
        Бөлүмдүн башчысы	А. Сынаков
        Үлгү министрлигинин
        2024-жылдын 5-майындагы № 0-12
        буйругуна 1-тиркеме
        !ЖОБО
        !үлгү жөнүндө
        I. Жалпы жоболор
        1. Биринчи.
        2. Экинчи.
        II. Укуктар
        3. Үчүнчү:
        1) бир;
        2) эки.
        2-тиркеме
        !ТИЗМЕ
        |1. уяча|2) уяча|
        """,
        """
        clause 1 +1
        clause 2 +3
        clause 3 +1
        conclusions - +3
        appendix 1 = ЖОБО үлгү жөнүндө +3
        .section I = Жалпы жоболор
        ..clause 1 +1
        ..clause 2 +1
        .section II = Укуктар
        ..clause 3 +1
        ...point 1 +1
        ...point 2 +1
        appendix 2 = ТИЗМЕ +2
        """,
    ),
    "ru order with appendices, one of them inside another": (
        """
        ПРИКАЗЫВАЮ:
        1. Утвердить:
        1) Положение согласно приложению 1;
        2) форму согласно приложению 2.
        2. Контроль оставляю за собой.
        Министр А. Улгулуев
        Приложение 1
        к приказу Министерства
        от 5 мая 2024 года № 0-12
        ПОЛОЖЕНИЕ
        о порядке
        Глава 1. Общие положения
        1. Первый.
        2. Второй:
        а) раз;
        б) два.
        Приложение
        к Положению о порядке
        ФОРМА
        |1) Имя|2|
        Приложение 2
        к приказу Министерства
        ФОРМА
        Текст формы.
        """,
        """
        clause 1 +1
        .point 1 +1
        .point 2 +1
        clause 2 +1
        conclusions - +1
        appendix 1 = ПОЛОЖЕНИЕ о порядке +3
        .chapter 1 = Общие положения
        ..clause 1 +1
        ..clause 2 +1
        ...subpoint а +1
        ...subpoint б +1
        .appendix - = ФОРМА +3
        appendix 2 = ФОРМА +3
        """,
    ),
    "numbered sub-headings in a series of their own": (
        """
        !1. Общие положения
        1. Первый пункт.
        2. Второй пункт.
        !2. Права
        3. Третий пункт.
        4. Четвёртый пункт.
        """,
        """
        subchapter 1 = Общие положения
        .clause 1 +1
        .clause 2 +1
        subchapter 2 = Права
        .clause 3 +1
        .clause 4 +1
        """,
    ),
    "decimals straight below Roman sections": (
        """
        I. Общие положения
        1.1. Текст.
        1.2. Текст.
        II. Права
        2.1. Текст:
        а) раз;
        б) два.
        """,
        """
        section I = Общие положения
        .subclause 1.1 +1
        .subclause 1.2 +1
        section II = Права
        .subclause 2.1 +1
        ..subpoint а +1
        ..subpoint б +1
        """,
    ),
    "regulations with headings without number": (
        """
        ЖАЛПЫ ЖОБОЛОР
        1. Бир.
        2. Эки.
        КЕҢЕШТИН СЕССИЯСЫ
        3. Үч.
        """,
        """
        section - = ЖАЛПЫ ЖОБОЛОР
        .clause 1 +1
        .clause 2 +1
        section - = КЕҢЕШТИН СЕССИЯСЫ
        .clause 3 +1
        """,
    ),
    "agreement of plain text": (
        """
        1. Предмет договора
        Стороны договорились о следующем.
        2. Обязанности сторон
        2.1. Первая сторона обязана:
        - раз;
        - два.
        2.2. Вторая сторона обязана платить.
        """,
        """
        clause 1 = Предмет договора +1
        clause 2 = Обязанности сторон
        .subclause 2.1 +3
        .subclause 2.2 +1
        """,
    ),
    "regulations of a council: sections inside chapters, listed first": (
        """
        I-бап. ЖАЛПЫ ЖОБОЛОР
        1-бөлүм. Шаардык кеңеш
        2-бөлүм.Ыйгарым укуктар
        II-бап. ТҮЗҮМ
        3-Бөлүм. Төрага
        I-бап. ЖАЛПЫ ЖОБОЛОР
        1-бөлүм. Шаардык кеңеш
        1. Бир.
        2-бөлүм.Ыйгарым укуктар
        2. Эки:
        а). бир;
        б). эки.
        II-бап. ТҮЗҮМ
        3-Бөлүм. Төрага
        3. Үч.
        """,
        """
        chapter I = ЖАЛПЫ ЖОБОЛОР
        .section 1 = Шаардык кеңеш
        ..clause 1 +1
        .section 2 = Ыйгарым укуктар
        ..clause 2 +1
        ...subpoint а +1
        ...subpoint б +1
        chapter II = ТҮЗҮМ
        .section 3 = Төрага
        ..clause 3 +1
        """,
    ),
    "form of a protocol": (
        """
        КҮН ТАРТИБИ:
        1. ________ жөнүндө
        ________ баяндамасы
        2. ________ жөнүндө
        УГУЛДУ:
        Сөздүн кыскача берилиши.
        ТОКТОМ КЫЛАТ:
        1.1.________
        1.2.________
        """,
        """
        section - = КҮН ТАРТИБИ:
        .clause 1 +2
        .clause 2 +1
        section - = УГУЛДУ: +1
        section - = ТОКТОМ КЫЛАТ:
        .subclause 1.1 +1
        .subclause 1.2 +1
        """,
    ),
    "false numbers are text: after a number sign, a year, an initial, out of the list": (
        """
        1. Первый
        2. Второй в соответствии с пунктом
        5. настоящего порядка.
        2009. Год.
        Х. Алиев явился.
        23.00дөн кийин.
        49) не пункт.
        3. Третий.
        """,
        """
        clause 1 +1
        clause 2 +6
        clause 3 +1
        """,
    ),
}

MATERIALS = {
    "headings by capitals": (
        """
        Бул — биринчи узун сүйлөм, анда баары эмне жөнүндө экени түшүндүрүлөт.
        ДОЛБООРДУН МАКСАТЫ
        Жергиликтүү жамааттар ачык иштешет.
        НЕГИЗГИ БАГЫТТАР
        - бир;
        - эки.
        """,
        """
        section - +1
        section - = ДОЛБООРДУН МАКСАТЫ +1
        section - = НЕГИЗГИ БАГЫТТАР +2
        """,
    ),
    "headings by outline": (
        """
        # Кириш
        Текст.
        # Тапшырмалар
        |1. уяча|а) уяча|
        """,
        """
        section - = Тапшырмалар +1
        """,
    ),
    "a heading after the signatures": (
        """
        # Кириш
        Текст.
        # Чечим
        Текст.
        # Кол тамгалар
        Төрага У. Үлгүлүев
        # Эскертме
        Кворумду жазыңыз.
        """,
        """
        section - = Чечим +1
        section - = Кол тамгалар +1
        section - = Эскертме +1
        """,
    ),
}


@pytest.mark.parametrize(
    ("text", "units"), (ARTICLES | CLAUSES | MATERIALS).values(), ids=(ARTICLES | CLAUSES | MATERIALS).keys()
)
def test_units_of_a_text(text: str, units: str) -> None:
    assert outline(structure(text).units) == expected(units)
