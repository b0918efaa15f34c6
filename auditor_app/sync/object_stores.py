"""Object stores: what an address of S3 or Azure Blob means, as an OpenDAL operator. Nothing is taken from the environment but proxies.

    s3://bucket/folder?region=eu-central-1          Amazon; `region` is us-east-1 unless told
    s3+https://store.office.example/bucket/folder   whatever else speaks S3
    azblob://account/container/folder               Azure; so does https://account.blob.core.windows.net/container/folder
    azblob+https://host/account/container/folder    whatever else speaks Azure Blob

The user is the access key's id (S3); the password the secret key (S3), or the account's key or a shared access signature (Azure).
"""

from urllib.parse import SplitResult, parse_qs, unquote

from opendal import Operator

from auditor_app.errors import NotAllowed

AZURE_HOST = ".blob.core.windows.net"

_REGION = "us-east-1"


def s3_store(address: SplitResult, user: str, password: str) -> Operator:
    """Open a bucket. Raises NotAllowed("place_address_refused") for an address without one, ConfigInvalid."""
    names = _names(address)
    if address.scheme == "s3":
        bucket, folder, where = unquote(address.netloc), names, {}
    else:
        bucket, folder, where = names[0] if names else "", names[1:], {"endpoint": _origin(address)}
    keys = {"access_key_id": user, "secret_access_key": password} if user else {"skip_signature": "true"}
    region = parse_qs(address.query).get("region", [_REGION])[0]
    fixed = {"disable_config_load": "true", "disable_ec2_metadata": "true"}  # keys of this computer's owner are not the office's
    return Operator("s3", bucket=_needed(bucket, "no_bucket"), root=_root(folder), region=region, **where, **keys, **fixed)


def azure_store(address: SplitResult, user: str, password: str) -> Operator:
    """Open a container. Raises NotAllowed("place_address_refused") for an address without one, ConfigInvalid."""
    names = _names(address)
    if address.scheme == "azblob":
        account, endpoint = address.netloc, f"https://{address.netloc}{AZURE_HOST}"
    elif address.scheme == "https":
        account, endpoint = address.netloc.partition(".")[0], _origin(address)
    else:
        account, names = _needed(names[0] if names else "", "no_account"), names[1:]
        endpoint = f"{_origin(address)}/{account}"
    container = _needed(names[0] if names else "", "no_container")
    keys = _azure_keys(user or account, password)
    return Operator("azblob", container=container, root=_root(names[1:]), endpoint=endpoint, **keys)


def _azure_keys(account: str, password: str) -> dict[str, str]:
    if "sig=" in password:
        return {"account_name": account, "sas_token": password.removeprefix("?")}
    return {"account_name": account, "account_key": password} if password else {"account_name": account}


def _origin(address: SplitResult) -> str:
    return f"{address.scheme.rpartition('+')[2]}://{address.netloc}"


def _names(address: SplitResult) -> list[str]:
    return [unquote(name) for name in address.path.split("/") if name]


def _root(names: list[str]) -> str:
    return "/" + "/".join(names)


def _needed(name: str, reason: str) -> str:
    if not name:
        raise NotAllowed("place_address_refused", place="", path="", reason=reason)
    return name
