namespace Orkestra.Hosting.TestState;

/// <summary>How a mocked result is compared with what the service answers. Fields a service does not have are never refused.</summary>
public enum FieldValidationMode
{
    /// <summary>Fields that are always there must be there, and fields that are there must have the right form.</summary>
    Strict,

    /// <summary>Fields that are there must have the right form.</summary>
    Present,

    /// <summary>Anything goes.</summary>
    None,
}
