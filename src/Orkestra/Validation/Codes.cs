namespace Orkestra.Validation;

/// <summary>The service's codes of problems (API reference, ValidateStateMachineDefinitionDiagnostic).</summary>
internal static class Codes
{
    internal const string InvalidJson = "INVALID_JSON_DESCRIPTION";
    internal const string MissingDescription = "MISSING_DESCRIPTION";
    internal const string Schema = "SCHEMA_VALIDATION_FAILED";
    internal const string MissingTarget = "MISSING_TRANSITION_TARGET";
    internal const string MissingEnd = "MISSING_END_STATE";
    internal const string DuplicateState = "DUPLICATE_STATE_NAME";
    internal const string InvalidStateName = "INVALID_STATE_NAME";
    internal const string DuplicateLabel = "DUPLICATE_LABEL_NAME";
    internal const string InvalidLabel = "INVALID_LABEL_NAME";
    internal const string TooDeep = "TOO_DEEPLY_NESTED";
    internal const string InvalidJsonata = "INVALID_JSONATA_EXPRESSION";
    internal const string UnsupportedJsonata = "UNSUPPORTED_JSONATA_EXPRESSION";
    internal const string InvalidVariable = "INVALID_VARIABLE_NAME";
    internal const string DuplicateVariable = "DUPLICATE_VARIABLE_NAME";
    internal const string ReservedVariable = "RESERVED_VARIABLE_NAME";

    /// <summary>Our own: the service accepts it.</summary>
    internal const string ShadowedVariable = "VARIABLE_IS_SHADOWED";

    internal const string NoDollar = "NO_DOLLAR";
    internal const string NoPath = "NO_PATH";
    internal const string StaticResult = "PASS_RESULT_IS_STATIC";
}
