"""Makes the two font files of the folder from Inter as npm ships it.

    npm pack @expo-google-fonts/inter@0.4.2 && tar xzf expo-google-fonts-inter-0.4.2.tgz
    pip install fonttools && python make.py package

Kept are Latin, Greek and Cyrillic letters, signs of currencies, punctuation and arrows. Digits are those of equal width (`tnum`), so that
figures stand below each other without a shaper. What a PDF does not need (hinting, layout tables) is left out.
"""

import sys
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RANGES = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2DD), (0x300, 0x338), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
    (0x1F00, 0x1FFF), (0x2010, 0x2044), (0x2070, 0x208E), (0x20A0, 0x20C0), (0x2113, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212),
    (0x2215, 0x2215), (0x221E, 0x221E), (0x2248, 0x2265), (0x25A0, 0x25CF), (0x2713, 0x2717), (0xFFFD, 0xFFFD),
]


def tabular(font):
    """The digits of equal width instead of the usual ones."""
    table = font["GSUB"].table
    lookups = {index for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum" for index in record.Feature.LookupListIndex}
    swaps = {}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            swaps.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    for chars in font["cmap"].tables:
        if chars.isUnicode():
            for code in range(ord("0"), ord("9") + 1):
                chars.cmap[code] = swaps.get(chars.cmap[code], chars.cmap[code])


def make(source, target):
    font = TTFont(source)
    tabular(font)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "gasp", "MVAR"]
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cut = Subsetter(options)
    cut.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cut.subset(font)
    font.save(target)


make(f"{sys.argv[1]}/400Regular/Inter_400Regular.ttf", "inter-regular.ttf")
make(f"{sys.argv[1]}/600SemiBold/Inter_600SemiBold.ttf", "inter-semibold.ttf")
