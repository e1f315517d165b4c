"""Chinese characters: which text holds them, and traditional ones in simplified form, so that labels compare."""

from __future__ import annotations

CHINESE = r"\u3400-\u9fff"
"""Chinese characters as a range of a pattern's set."""

_PAIRS = (
    "專专 業业 發发 標标 準准 註注 冊册 權权 證证 書书 產产 識识 財财 點点 類类 別别 數数 據据 單单 計计 總总 額额 億亿 萬万 個个 戶户 項项 筆笔 圓元 "
    "縣县 區区 國国 灣湾 臺台 廣广 東东 門门 澳澳 慶庆 陝陕 寧宁 蘇苏 遼辽 龍龙 內内 貴贵 雲云 陸陆 島岛 黃黄 濟济 "
    "歲岁 齡龄 歷历 歳岁 現现 當当 價价 營营 銷销 購购 貨货 貿贸 進进 農农 漁渔 礦矿 製制 電电 氣气 運运 輸输 儲储 "
    "郵邮 訊讯 資资 軟软 體体 險险 環环 衛卫 術术 學学 師师 醫医 藥药 廠厂 場场 員员 務务 勞劳 關关 機机 構构 "
    "團团 組组 織织 聯联 會会 協协 議议 調调 查查 報报 統统 編编 號号 碼码 備备 說说 來来 源源 處处 辦办 審审 決决 "
    "授授 請请 實实 積积 極极 長长 減减 變变 動动 率率 質质 壓压 環环 節节 約约 熱热 燃燃 煤煤 鋼钢 鐵铁 銅铜 鋁铝 "
    "織织 紡纺 紙纸 塑塑 橡橡 膠胶 車车 輛辆 艦舰 飛飞 軌轨 鐵铁 橋桥 樓楼 房房 園园 綠绿 樹树 種种 畜畜 雞鸡 魚鱼 "
    "人人 口口 婦妇 嬰婴 兒儿 離离 結结 婚婚 喪丧 遷迁 移移 籍籍 僑侨 預预 測测 估估 暫暂 後后 從从 並并 與与 為为 無无 於于 "
    "歐欧 韓韩 倫伦 紐纽 約约 蘭兰 亞亚 爾尔 義义 麗丽 維维 羅罗 薩萨 擔担 補补 償偿 獎奖 勵励 獲获 選选 錄录 級级 層层 階阶 "
    "較较 佔占 餘余 淨净 損损 潤润 稅税 費费 貸贷 幣币 銀银 錢钱 債债 歸归 屬属 開开 閉闭 終终 續续 訂订 許许 認认 證证 "
)
_TABLE = {ord(pair[0]): pair[1] for pair in _PAIRS.split() if pair[0] != pair[1]}


def is_chinese(char: str) -> bool:
    """Return whether a character is a Chinese one; a piece cut from the end of a text may be empty, which is none."""
    return "\u3400" <= char <= "\u9fff"


def has_chinese(text: str) -> bool:
    """Return whether the text has any Chinese character."""
    return not text.isascii() and any(map(is_chinese, text))


def simplified(text: str) -> str:
    """Return the text with the traditional characters of statistics tables replaced; others stay as they are."""
    return text.translate(_TABLE)
