"""How notes to editors, corrections and other paragraphs about a text begin, at its head and at its tail."""


def any_of(listed: str) -> str:
    """One pattern of many, one or more a line."""
    return "(?:" + "|".join(line.strip() for line in listed.strip().splitlines()) + ")"


_MONTHLESS = r"[^\n:.]{0,40}"
# Paragraphs that speak of the text and not of the news, by how they begin; at the head and at the tail.
NOTES = any_of(
    rf"""
    (?:(?:attention|attn\.?|notes?\s+to|advisory\s+to)[\s,:]+)?(?:news\s+|all\s+)?(?:editors?|eds)\s?(?:[:：]|\.\s?:|$)
    eds\.?\s?:
    (?:attention|attn\.?|notes?\s+to|advisory\s+to)[\s,:]+(?:news\s+|all\s+)?(?:editors|eds)(?!\w)
    editor(?:['’]?s|s['’])?\s+notes?\s*[:.–—-]
    (?:correction|clarification|corrections?\s+(?:and|&)\s+clarifications?|corrigendum|erratum)(?:\s?[(,]{_MONTHLESS})?\s?:
    (?:this|the)\s+(?:story|article|post|headline)\s+(?:has\s+been|was)\s+(?:\w+ly\s+)?(?:corrected|updated|refiled|republished)(?!\w)
    this\s+(?:report|item|piece|text|version)\s+(?:has\s+been|was)\s+(?:corrected|refiled|updated\s+(?:on|at|to|with)|republished)(?!\w)
    this\s+(?:story|article|post|headline|piece)\s+(?:has\s+been|was)\s+(?:amended|edited|clarified|revised|changed)\s+(?:on\s|to\s+(?:correct|clarify|reflect|remove|include|add|fix|show|make))
    this\s+(?:story|article|post|piece)\s+(?:was|has\s+been|is)\s+(?:first|originally|also)\s+(?:published|appeared)(?!\w)
    this\s+(?:story|article|post|piece)\s+(?:first|originally)\s+appeared(?!\w)
    (?:in\s+)?an?\s+(?:earlier|previous|prior|original)\s+(?:\w+\s+)?versions?\s+of\s+this\s+(?:story|article|report|post|headline|piece|item|graphic|caption|page)
    (?:anmerkung|anm\.|hinweis)\s+(?:der|d\.|an\s+die)\s+(?:redaktion(?:en)?|red\.)|redaktioneller\s+hinweis
    achtung\s+redaktionen
    (?:berichtigung|korrektur|richtigstellung|klarstellung)(?:\s?[(,]{_MONTHLESS})?\s?:
    in\s+einer\s+(?:früheren|vorherigen|ersten|älteren)\s+(?:version|fassung)\s+(?:dieses|dieser)\s
    dieser\s+(?:artikel|text|beitrag)\s+wurde\s+(?:[\w.]+\s){{0,5}}(?:korrigiert|aktualisiert|berichtigt|ergänzt)
    note\s+(?:de|à)\s+la\s+rédaction|n\.?d\.?l\.?r\.?\s?:
    (?:rectificatif|correction|erratum)(?:\s?[(,]{_MONTHLESS})?\s:
    (?:dans\s+)?une\s+(?:première\s+version|version\s+(?:précédente|antérieure|initiale))\s+de\s+(?:cet|cette)\s
    cet\s+article\s+a\s+été\s+(?:corrigé|modifié|mis\s+à\s+jour|actualisé)
    nota\s+(?:de\s+la\s+redacción|a\s+los\s+editores|del\s+editor|della\s+redazione|da\s+redação|ai\s+redattori)
    (?:corrección|rectificación|fe\s+de\s+err?or?(?:es|atas)|fe\s+de\s+erratas|aclaración|errata\s+corrige|correção|errata|rettifica)(?:\s?[(,]{_MONTHLESS})?\s?:
    (?:en\s+)?una\s+versión\s+(?:anterior|previa)\s+de\s+est[ea]\s
    est[ea]\s+(?:artículo|nota|información|noticia)\s+ha\s+sido\s+(?:corregid|actualizad|modificad)
    uma\s+versão\s+anterior\s+dest[ea]\s|noot\s+van\s+de\s+redactie|(?:correctie|rectificatie)\s?:
    una\s+versione\s+precedente\s+di\s+quest
    (?:от|примечание)\s+(?:редакции|редактора)|(?:исправление|поправка|уточнение|від\s+редакції|виправлення)\s?:
    в\s+(?:предыдущей|первоначальной|более\s+ранней)\s+версии\s+(?:этой|этого|данной|данного|настоящ)
    вниманию\s+редакторов
    [【\[(（]?(?:编者按|编者注|編者按|編者註|编辑注|更正|勘误|勘誤|編集部注|編集者注|訂正|お断り)\s?[:：】\])）]|本文(?:已|曾).{{0,20}}(?:更正|修正)
    この記事は.{{0,40}}(?:訂正|修正)(?:しました|されました)|[\[【(]?(?:편집자\s?주|정정\s?보도|정정|바로잡습니다)\s?[:：=\]】)]
    ملاحظة\s+(?:المحرر|المحررين|للمحررين|التحرير)|(?:تصحيح|تصويب|تنويه)\s?[:：]|(?:في\s+)?نسخة\s+سابقة\s+من\s+هذ[اه]
    """
)
WORD_COUNT = (
    r"[(\[（]?\s?(?:(?:words?|word\s+count|wörter|mots|palabras|слов)\s?[:：]?\s?\d[\d,. ]{0,6}"
    r"|(?:约|約|全文共?|共)?\d[\d,.]{0,6}\s?"
    r"(?:words|wörter|mots|palabras|parole|woorden|слов[а]?|字|zeichen|signes|caracteres))\s?[)\]）]?"
)
RIM = r"[ \t*#=<>|•!\^&]{0,6}"
