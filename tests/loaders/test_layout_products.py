"""Products taken from the words behind a place."""

import pytest

from loaders.layout.products import products


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("重点发展钓具、泳具和潜水装备等产品。", ("钓具", "泳具", "潜水装备")),
        ("着力发展以竹制家具、藤制家具为主的家居产品。", ("竹制家具", "藤制家具")),
        ("加快推进船用阀门研发和产业化。", ("船用阀门",)),
        ("依托某某科技园，重点布局风电轴承、齿轮箱等。", ("风电轴承", "齿轮箱")),
        ("依托某某产业园建设钛合金生产基地。", ("钛合金",)),
        ("大力发展铝型材，以及铝轮毂、铝箔等铝加工产业。", ("铝型材", "铝轮毂", "铝箔")),
        ("发展智能化、轻量化的健身器材。", ("智能化、轻量化的健身器材",)),
        ("重点发展诊断类、治疗类、康复类器械。", ("诊断类", "治疗类", "康复类器械")),
        ("做强做大毛纺产业，提升产业发展水平。", ("毛纺",)),
        ("重点发展有机颜料及中间体、橡胶及制品。", ("有机颜料及中间体", "橡胶及制品")),
        ("形成矿石—冶炼—深加工的完整产业链。", ("矿石", "冶炼", "深加工")),
        ("推动机器人在冶金、物流等行业的集成应用。", ("机器人在冶金、物流等行业的集成应用",)),
        ("发展铜、锌等金属压延。", ("铜、锌等金属压延",)),
    ],
)
def test_objects(scope: str, expected: tuple[str, ...]) -> None:
    assert products(scope, "某某") == expected


@pytest.mark.parametrize(
    "scope",
    [
        "打造中国风筝之都。",
        "加快打造世界级产业集群。",
        "主动承接产业转移，优化营商环境。",
        "培育一批龙头企业和专精特新企业。",
        "建设国家级制造业创新中心。",
        "加强与高校合作，提升创新能力。",
        "围绕重点领域，加快数字化转型。",
    ],
)
def test_what_is_no_product(scope: str) -> None:
    assert products(scope, "某某") == ()


def test_the_subject_itself_says_nothing_new() -> None:
    assert products("重点发展船舶产业。", "船舶") == ()
    assert products("重点发展船舶配套产业。", "船舶") == ("船舶配套产业",)


def test_an_opening_statement_counts_only_with_what_is_made() -> None:
    scope = "为依托，重点发展游艇、帆船，推动产业协同创新、绿色发展，加强检测能力、标准体系建设。"
    assert products(scope, "船艇", lead=True) == ("游艇", "帆船")


def test_places_that_qualify_the_object() -> None:
    assert products("海上风电装备产业集聚区。", "新能源", direct=True) == ("海上风电装备",)
    assert products("海上风电装备产业集聚区。", "新能源") == ()


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        # a park is where things are made; it counts where nothing else is said
        ("加快建设渔具产业园，重点发展钓竿、鱼线轮。", ("钓竿", "鱼线轮")),
        ("建设渔具产业园，推动产业集聚。", ("渔具",)),
        ("建设钛粉末研发和生产基地，发展海绵钛。", ("钛粉末", "海绵钛")),
        ("打造风电装备产业园，培育风机骨干企业。", ("风电装备",)),
        # qualities and scales before a facility or a product
        ("建设集约化、节能环保、安全高效的钛业基地。", ("钛业",)),
        ("生产科技含量高、文化内涵丰富的民族乐器。", ("民族乐器",)),
        ("打造千万吨级乙二醇生产基地。", ("乙二醇",)),
        # what ends in 场, 平台, 极 and is a product all the same
        ("发展深远海养殖和智能化渔场。", ("深远海养殖", "智能化渔场")),
        ("发展浮标、深海钻井平台。", ("浮标", "深海钻井平台")),
        ("发展膜电极及双极板等核心部件。", ("膜电极", "双极板")),
        # two halves of one product, and two products
        ("重点发展生蚝养殖及深加工。", ("生蚝养殖及深加工",)),
        ("发展相纸和防粘原纸、无碳纸。", ("相纸", "防粘原纸", "无碳纸")),
        ("研发光学基台和平板检测装备等。", ("光学基台", "平板检测装备")),
        ("发展高档釉料、高纯石英、粘结剂等。", ("高档釉料", "高纯石英", "粘结剂")),
        # verbs
        ("全方位承接优质铸件和机械配件等产业项目。", ("优质铸件", "机械配件")),
        ("提升水稻产地初加工水平。", ("水稻产地初加工",)),
        ("协同发展海工装备。", ("海工装备",)),
        ("加快渔具业数字化转型。", ("渔具",)),
        ("（某某区、某某县）重点发展渔网。", ("渔网",)),
        ("依托某某研究院，布局数字藏品为主的文创产业。", ("数字藏品为主的文创",)),
    ],
)
def test_objects_in_other_words(scope: str, expected: tuple[str, ...]) -> None:
    assert products(scope, "某某") == expected


@pytest.mark.parametrize(
    "scope",
    [
        "配套建设海洋牧业、渔具研发机构。",
        "推动制造能力提升。",
        "加快推进某某集团广州绿色安全项目建设。",
        "突破一批关键技术和核心配套装备。",
        "主动承接珠三角产业转移。",
        "推进传统产业转型升级。",
    ],
)
def test_what_is_no_product_either(scope: str) -> None:
    assert products(scope, "某某") == ()
