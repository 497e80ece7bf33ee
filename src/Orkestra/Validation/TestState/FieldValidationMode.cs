namespace Orkestra.Validation.TestState;

/// <summary>How the result of a mock is held to the result of the real action (API reference, MockInput).</summary>
public enum FieldValidationMode
{
    /// <summary><c>STRICT</c>: required fields are there, and every field has its type and limits.</summary>
    Strict,

    /// <summary><c>PRESENT</c>: the fields that are there have their type and limits.</summary>
    Present,

    /// <summary><c>NONE</c>: it is not looked at.</summary>
    None,
}
