"""What is written about people and classes. Operations flush; the view commits."""

from classroom.operations.accommodations import set_allowance
from classroom.operations.accounts import (
    NameTakenError,
    NewUser,
    Profile,
    create_user,
    request_reset,
    reset_by_instructor,
    set_password,
    update_hash,
    update_profile,
    use_reset,
)
from classroom.operations.enrollments import (
    LastInstructorError,
    accept_invitation,
    change_role,
    decline_invitation,
    enroll,
    invite,
    remove_person,
    restore_person,
)
from classroom.operations.labels import label_people, unlabel_people
from classroom.operations.rosters import ImportedPerson, NewPassword, import_roster
from classroom.operations.sections import (
    NewSection,
    archive_section,
    create_section,
    rotate_join_code,
    set_join_open,
    unarchive_section,
    update_section,
)
from classroom.operations.sign_ins import end_sign_in, end_sign_ins, start_sign_in

__all__ = [
    "ImportedPerson",
    "LastInstructorError",
    "NameTakenError",
    "NewPassword",
    "NewSection",
    "NewUser",
    "Profile",
    "accept_invitation",
    "archive_section",
    "change_role",
    "create_section",
    "create_user",
    "decline_invitation",
    "end_sign_in",
    "end_sign_ins",
    "enroll",
    "import_roster",
    "invite",
    "label_people",
    "remove_person",
    "request_reset",
    "reset_by_instructor",
    "restore_person",
    "rotate_join_code",
    "set_allowance",
    "set_join_open",
    "set_password",
    "start_sign_in",
    "unarchive_section",
    "unlabel_people",
    "update_hash",
    "update_profile",
    "update_section",
    "use_reset",
]
