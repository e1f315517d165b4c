"""Why the system refused a file, in both languages: the system itself knows one."""

from __future__ import annotations

import errno
import os

from ipstrong.texts import Text, same

_REASONS = {
    errno.ENOENT: Text("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "part of the path is no folder"),
    errno.EISDIR: Text("这是一个文件夹", "it is a folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许这样操作", "the operation is not permitted"),
    errno.EROFS: Text("所在磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Text("磁盘空间不足", "no space is left on the disk"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.ENAMETOOLONG: Text("文件名太长", "the name is too long"),
    errno.EBUSY: Text("文件正被占用", "the file is in use"),
    errno.ETXTBSY: Text("文件正被占用", "the file is in use"),
    errno.EIO: Text("读写磁盘出错", "reading or writing the disk failed"),
    errno.ELOOP: Text("链接互相指向，没有尽头", "links point at one another without end"),
}


def system_reason(error: Exception) -> Text:
    """Return what the system says against a file; rare reasons as it words them."""
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return _REASONS[number]
    return same((os.strerror(number) if number else "") or str(error))
