"""French drafts: what the phrases and articles of the language make different."""

from __future__ import annotations

from growth.generators import grows, letters, paragraphs, roman


@grows(language="fr")
def une_ligne(n: int) -> str:
    return "1. " + "le Comité a pris note du rapport du Groupe sur les lampes du port " * n


@grows(language="fr")
def paragraphes(n: int) -> str:
    return paragraphs(n, "Le Comité a pris note du rapport du Groupe sur les lampes du port.")


@grows(language="fr")
def etats_dans_une_liste(n: int) -> str:
    return "1. Les États suivants étaient représentés : " + "Tchad, Mali, la Gambie, Peérou, " * n + "Oman."


@grows(language="fr")
def listes_d_etats(n: int) -> str:
    return paragraphs(n, "Les États suivants étaient représentés : Tchad, Mali, Pérou, Oman et Tchad.")


@grows(language="fr")
def articles_des_etats(n: int) -> str:
    return paragraphs(n, "Le Comité s'est rendu au Mali, à la Chine, en Tchad et aux Pérou.")


@grows(language="fr")
def declarations(n: int) -> str:
    return paragraphs(n, "Des déclarations ont été faites par les représentants du Tchad, du Pérou et de l'Iran.")


@grows(language="fr")
def une_declaration(n: int) -> str:
    return "1. Des déclarations ont été faites par " + "le Tchad (au nom des États africains), " * n + "et le Pérou."


@grows(language="fr")
def seances(n: int) -> str:
    return paragraphs(n, lambda i: f"À sa {i}e séance, le 24 avril 2023, le Comité a adopté son ordre du jour.")


@grows(language="fr")
def ordinaux(n: int) -> str:
    return "1. À ses " + "".join(f"{i}e, " for i in range(1000, 1000 + n)) + "et 3e séances, il s'est réuni."


@grows(language="fr")
def ordinaux_faux(n: int) -> str:
    return paragraphs(n, "À sa 2ème séance, le 1 avril 2023, le Comité s'est réuni.")


@grows(language="fr")
def adoption_dans_une_phrase(n: int) -> str:
    return "1. Le Comité " + "a adopté son rapport et " * n


@grows(language="fr")
def points_de_l_ordre_du_jour(n: int) -> str:
    return "1. Le Comité a adopté l'ordre du jour suivant :\n\n" + "".join(
        f"    {i}. Lampes de {letters(i)}.\n\n" for i in range(1, n + 1)
    ) + paragraphs(n, lambda i: f"Le Comité a examiné le point {i} de l'ordre du jour.")  # fmt: skip


@grows(language="fr")
def abreviations(n: int) -> str:
    return paragraphs(n, lambda i: f"Le Fonds mondial des ports (FMP{letters(i)}) et le FMP{letters(i)} se réunissent.")


@grows(language="fr")
def abreviations_dans_une_phrase(n: int) -> str:
    return "1. " + "".join(f"le Fonds mondial des ports (FMP{letters(i)}) " for i in range(n))


@grows(language="fr")
def guillemets(n: int) -> str:
    return "1. Le Comité a dit " + "« des lampes », «des lampes», " * n


@grows(language="fr")
def guillemets_ouverts(n: int) -> str:
    return "1. Le Comité a dit " + "« des lampes " * n


@grows(language="fr")
def espaces_et_ponctuation(n: int) -> str:
    return paragraphs(n, "Le Comité: « oui » ; non! Et pourquoi? Parce que;")


@grows(language="fr")
def renvois(n: int) -> str:
    return paragraphs(n, lambda i: f"Voir les paragraphes {i} et {i + 2} ci-dessus et la section {roman(i)} ci-après.")


@grows(language="fr")
def listes_de_documents(n: int) -> str:
    return "".join(
        f"## {roman(i)}. Lampes\n\n{i}. Le Comité était saisi des documents suivants :\n\n"
        f"a) Note sur les lampes de {letters(i)} (A/80/{i}) ;\n\nb) Rapport (A/80/L.{i}).\n\n"
        for i in range(1, n + 1)
    )


@grows(language="fr")
def titres_des_annexes(n: int) -> str:
    return "1. Le rapport.\n\n" + "".join(f"# Annexe {roman(i)}\n\n## Lampes\n\n" for i in range(1, n + 1))


@grows(language="fr")
def personnes(n: int) -> str:
    return paragraphs(n, "Le Comité a élu M. Anders Holm (Norvège) et Mme Ana de la Cruz (Pérou).")


@grows(language="fr")
def espaces_a_remplir(n: int) -> str:
    return "1. Le rapport du " + "XX et [à compléter] et " * n


@grows(language="fr")
def mots_repetes(n: int) -> str:
    return paragraphs(n, "Le rapport du du Groupe sur les les lampes.")
