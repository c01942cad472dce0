"""What is read about people and classes. `get_x_for` = one or 404, `list_x`, `find_x` = one or None."""

from classroom.queries.accommodations import find_allowance, list_allowances
from classroom.queries.accounts import (
    Credentials,
    MailReset,
    SignInRow,
    find_credentials,
    find_reset,
    find_user_id,
    find_user_to_mail,
    list_sign_ins_for,
    list_taken_usernames,
)
from classroom.queries.labels import LabelRow, list_labels, list_labels_of_people
from classroom.queries.mutes import MuteRow, find_mute, list_muted, muted_for
from classroom.queries.people import PersonRow, find_known_people, get_person_in, list_names, list_people
from classroom.queries.sections import (
    EnrollmentRow,
    FoundSection,
    InvitationRow,
    SectionRow,
    SettingsRow,
    find_enrollment,
    find_section_by_code,
    get_enrollment_for,
    get_invitation_for,
    get_settings,
    list_invitations_for,
    list_sections_for,
)
from classroom.queries.staffed import StaffedClass, is_staffed_by, list_staffed_classes

__all__ = [
    "Credentials",
    "EnrollmentRow",
    "FoundSection",
    "InvitationRow",
    "LabelRow",
    "MailReset",
    "MuteRow",
    "PersonRow",
    "SectionRow",
    "SettingsRow",
    "SignInRow",
    "StaffedClass",
    "find_allowance",
    "find_credentials",
    "find_enrollment",
    "find_known_people",
    "find_mute",
    "find_reset",
    "find_section_by_code",
    "find_user_id",
    "find_user_to_mail",
    "get_enrollment_for",
    "get_invitation_for",
    "get_person_in",
    "get_settings",
    "is_staffed_by",
    "list_allowances",
    "list_invitations_for",
    "list_labels",
    "list_labels_of_people",
    "list_muted",
    "list_names",
    "list_people",
    "list_sections_for",
    "list_sign_ins_for",
    "list_staffed_classes",
    "list_taken_usernames",
    "muted_for",
]
