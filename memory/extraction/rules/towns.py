"""Towns and countries that stand behind "trabajo en" or "jobber i" as employers do, and employ nobody."""

from __future__ import annotations

from memory.extraction.rules.words import word_set

TOWNS = word_set(
    "madrid barcelona valencia sevilla zaragoza málaga murcia palma bilbao alicante córdoba valladolid vigo gijón granada vitoria elche oviedo badalona cartagena terrassa jerez sabadell móstoles santander almería burgos albacete getafe alcalá"
    " salamanca logroño badajoz huelva león cádiz tarragona lleida jaén ourense girona lugo cáceres melilla ceuta toledo pontevedra ávila segovia cuenca huesca teruel soria zamora palencia irún getxo donostia pamplona santiago mérida marbella ibiza"
    " mallorca menorca tenerife lanzarote galicia asturias cantabria navarra aragón cataluña andalucía extremadura castilla euskadi españa portugal francia italia alemania inglaterra suiza méxico argentina chile colombia perú uruguay ecuador bogotá lima quito caracas"
    " montevideo guadalajara monterrey puebla cancún rosario mendoza medellín cali valparaíso lisboa londres parís berlín"
    " oslo bergen trondheim stavanger drammen fredrikstad kristiansand sandnes tromsø sarpsborg skien ålesund sandefjord haugesund tønsberg moss porsgrunn bodø arendal hamar ytrebygda larvik halden lillehammer mo molde harstad kongsberg gjøvik askøy horten kristiansund"
    " jessheim hønefoss alta elverum askim narvik drøbak nesodden steinkjer leirvik grimstad lillestrøm ski ås mandal egersund namsos voss røros raufoss notodden rjukan levanger stjørdal florø førde svolvær hammerfest kirkenes vadsø geilo gol otta tynset dombås stord karmøy"
    " hitra frøya sotra bærum asker asker lørenskog norge sverige danmark finland island tyskland england spania frankrike stockholm københavn göteborg london berlin paris nordnorge vestlandet østlandet sørlandet nord-norge finnmark rogaland vestfold telemark"
)


def is_town(value: str) -> bool:
    """Whether `value` begins with a town or a country."""
    words = value.casefold().split()
    return bool(words) and words[0].strip(",.") in TOWNS
