"""The closed vocabularies of voting: who decides, what is decided, by which text, counted in what."""

from redhouse.kit.sentences import Worded
from redhouse.kit.sentences import marked as _


class VoteBody(Worded):
    """A body that decides by vote."""

    VILLAGERS_ASSEMBLY = "villagers_assembly", _("村民会议")
    VILLAGER_REP_ASSEMBLY = "villager_rep_assembly", _("村民代表会议")
    GROUP_ASSEMBLY = "group_assembly", _("村民小组会议")
    RESIDENTS_ASSEMBLY = "residents_assembly", _("居民会议")
    RESIDENT_REP_ASSEMBLY = "resident_rep_assembly", _("居民代表会议")
    VILLAGE_ELECTION = "village_election", _("村民委员会选举")
    RESIDENTS_ELECTION = "residents_election", _("居民委员会选举")
    REC_MEMBERS_ASSEMBLY = "rec_members_assembly", _("成员大会")
    REC_REP_ASSEMBLY = "rec_rep_assembly", _("成员代表大会")
    REC_COUNCIL = "rec_council", _("理事会")
    OWNERS_ASSEMBLY = "owners_assembly", _("业主大会")
    PARTY_BRANCH_MEETING = "party_branch_meeting", _("支部党员大会")
    PARTY_BRANCH_COMMITTEE = "party_branch_committee", _("支部委员会")


class Subject(Worded):
    """What is decided."""

    ELECTION = "election", _("换届选举")
    RECALL = "recall", _("罢免村（居）民委员会成员")
    SUBSIDY_STANDARD = "subsidy_standard", _("误工补贴的人员与标准")
    REC_PERSONNEL = "rec_personnel", _("集体经济组织人选、聘用与报酬")
    REC_BUDGET = "rec_budget", _("集体经济组织年度预决算")
    VILLAGE_FUNDS = "village_funds", _("村（居）资金和物资的使用")
    RELIEF = "relief", _("帮扶救助人员与方案")
    VILLAGE_WORKS = "village_works", _("公益事业与村庄建设")
    REC_INVESTMENT = "rec_investment", _("集体经济组织投资等重大事项")
    PROCUREMENT_WITHIN_LIMIT = "procurement_within_limit", _("章程限额以内的工程与采购")
    PROCUREMENT_OVER_LIMIT = "procurement_over_limit", _("超过章程限额的工程与采购")
    ASSET_DEAL = "asset_deal", _("集体资产出租、出让、处置")
    LAND_CONTRACTING = "land_contracting", _("土地承包方案与调整")
    LAND_OUTSIDE_CONTRACT = "land_outside_contract", _("土地发包给本集体以外的单位或者个人")
    CONSTRUCTION_LAND = "construction_land", _("集体经营性建设用地使用、出让、出租")
    DIVIDEND = "dividend", _("收益分配（股份分红）")
    COMPENSATION = "compensation", _("土地补偿费等的分配、使用")
    HOMESTEAD_PLAN = "homestead_plan", _("宅基地使用方案")
    HOMESTEAD_APPLICATION = "homestead_application", _("单户宅基地与建房申请")
    REC_CHARTER = "rec_charter", _("集体经济组织章程、成员确认、份额量化、合并分立")
    VILLAGE_RULES = "village_rules", _("自治章程、村规民约、居民公约")
    NON_MEMBER_BENEFIT = "non_member_benefit", _("非成员享受集体权益")
    OWNERS_GENERAL = "owners_general", _("业主共同决定的一般事项")
    OWNERS_MAJOR = "owners_major", _("筹集维修资金、改建重建、改变共有部分用途")
    PARTY_MATTER = "party_matter", _("支部讨论决定的事项")


class Mode(Worded):
    """How a body is made up, where one rule has several ways."""

    VOTERS = "voters", _("全体选民选举")
    HOUSEHOLDS = "households", _("每户派代表选举")
    REPS = "reps", _("居民代表选举")
    ELECTION = "election", _("党内选举")


class Law(Worded):
    """A text that is cited, in the version that was in force."""

    VILLAGE_2010 = "village_2010", _("《村民委员会组织法》（2010年修订，2018年只改任期）")
    VILLAGE_2025 = "village_2025", _("《村民委员会组织法》（2025年修正）")
    RESIDENTS_1990 = "residents_1990", _("《城市居民委员会组织法》（1990年施行，2018年只改任期）")
    RESIDENTS_2025 = "residents_2025", _("《城市居民委员会组织法》（2025年修订）")
    REC_2024 = "rec_2024", _("《农村集体经济组织法》")
    GUANGDONG_ASSETS_2016 = "guangdong_assets_2016", _("《广东省农村集体资产管理条例》（2016年修订）")
    CIVIL_CODE = "civil_code", _("《民法典》")
    PROPERTY_2018 = "property_2018", _("《物业管理条例》（2018年修正）")
    LAND_CONTRACT_2018 = "land_contract_2018", _("《农村土地承包法》（2018年修正）")
    LAND_2019 = "land_2019", _("《土地管理法》（2019年修正）")
    PARTY_BRANCH_2018 = "party_branch_2018", _("《中国共产党支部工作条例（试行）》")


class Mark(Worded):
    """How sure a number is. Only SOURCED is law; the others are never shown as law."""

    SOURCED = "S", _("有条文")
    CHOSEN = "I", _("本系统的设定，条文没有规定")
    UNVERIFIED = "U", _("本系统的默认值，条文未核实")


class Count(Worded):
    """What is counted. Area is in hundredths of a square metre; of owners, heads are electors, present and for."""

    ELECTORS = "electors", _("应到人数")
    PRESENT = "present", _("到会人数")
    CAST = "cast", _("投票数")
    FOR = "for", _("赞成票")
    AGAINST = "against", _("反对票")
    ABSTAIN = "abstain", _("弃权票")
    HOUSEHOLDS = "households", _("总户数")
    HOUSEHOLDS_PRESENT = "households_present", _("到会户数")
    AREA = "area", _("专有部分总面积")
    AREA_PRESENT = "area_present", _("参与表决的面积")
    AREA_FOR = "area_for", _("赞成的面积")

    @property
    def is_area(self) -> bool:
        return self.value.startswith("area")


class Who(Worded):
    """Who may demand that a body is convened."""

    ELECTORS = "electors", _("有表决权的人")
    HOUSEHOLDS = "households", _("户的代表")
    REPS = "reps", _("代表")
    GROUPS = "groups", _("居民小组")


class Condition(Worded):
    """What must hold besides, for a body to be competent."""

    CHARTER_DELEGATES = "charter_delegates", _("仅当章程把这项职权交给成员代表大会")
    ASSEMBLY_DELEGATES = "assembly_delegates", _("仅当全体会议已经授权代表会议")
    WITHIN_CHARTER_LIMIT = "within_charter_limit", _("仅当金额在章程限额以内，且预算已经批准")
    CHARTER_CHOOSES = "charter_chooses", _("仅当章程或者村规民约指定由它讨论")
    NO_COLLECTIVE_ASSETS = "no_collective_assets", _("仅当不涉及集体经济组织的财产")
