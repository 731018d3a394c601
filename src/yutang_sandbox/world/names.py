"""What people call themselves: part of who they are, so it is computed and never stored."""

FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
GIVEN_F = "芳娜敏静秀丽洁婷雪倩颖莉欣怡琳璐佳梅月蕾薇菲雯思琪梦瑶涵萱可馨语彤诗雅悦宁"
GIVEN_M = "伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭晨睿泽轩博文子豪嘉铭一诺志远"
NICKS = (
    "周末去爬山", "一只橘猫", "山有木兮", "今天吃什么", "小鱼干", "慢慢来", "阳光正好", "追风的人",
    "桃子汽水", "半糖去冰", "早睡早起", "南风知意", "森林木木", "云淡风轻", "大白兔", "茶不思",
    "晚安玛卡", "拾光", "向日葵", "麦田", "好运连连", "加油鸭", "A建材王姐", "果冻", "星河", "Lily",
    "Momo", "Jason", "Echo", "Coco", "Kevin", "Sunny", "Amy", "Leo",
)  # fmt: skip


def name_of(looks: bytes, gender: int) -> str:
    """Return the nickname of somebody who looks so; gender 0 unknown, 1 male, 2 female."""
    if looks[0] < 90:
        nick = NICKS[looks[1] % len(NICKS)]
        return f"{nick}{looks[2] % 100}" if looks[3] < 60 else nick
    given = GIVEN_M if gender == 1 else GIVEN_F
    name = FAMILY[looks[1] % len(FAMILY)] + given[looks[2] % len(given)]
    return name + given[looks[4] % len(given)] if looks[3] < 170 else name
