namespace Orkestra.Asl.Choices;

/// <summary>The 39 comparison operators of a JSONPath Choice, named as the fields that hold them (https://states-language.net/spec.html#choice-state).</summary>
public enum ComparisonOperator
{
    /// <summary>Booleans: equal to the value.</summary>
    BooleanEquals,

    /// <summary>Booleans: equal to the value at a path.</summary>
    BooleanEqualsPath,

    /// <summary>Whether the variable is a boolean.</summary>
    IsBoolean,

    /// <summary>Whether the variable is null.</summary>
    IsNull,

    /// <summary>Whether the variable is a number.</summary>
    IsNumeric,

    /// <summary>Whether the variable is there.</summary>
    IsPresent,

    /// <summary>Whether the variable is a string.</summary>
    IsString,

    /// <summary>Whether the variable is a string that is an RFC 3339 timestamp.</summary>
    IsTimestamp,

    /// <summary>Numbers: equal to the value.</summary>
    NumericEquals,

    /// <summary>Numbers: equal to the value at a path.</summary>
    NumericEqualsPath,

    /// <summary>Numbers: greater than the value.</summary>
    NumericGreaterThan,

    /// <summary>Numbers: greater than the value at a path.</summary>
    NumericGreaterThanPath,

    /// <summary>Numbers: greater than or equal to the value.</summary>
    NumericGreaterThanEquals,

    /// <summary>Numbers: greater than or equal to the value at a path.</summary>
    NumericGreaterThanEqualsPath,

    /// <summary>Numbers: less than the value.</summary>
    NumericLessThan,

    /// <summary>Numbers: less than the value at a path.</summary>
    NumericLessThanPath,

    /// <summary>Numbers: less than or equal to the value.</summary>
    NumericLessThanEquals,

    /// <summary>Numbers: less than or equal to the value at a path.</summary>
    NumericLessThanEqualsPath,

    /// <summary>Strings: equal to the value.</summary>
    StringEquals,

    /// <summary>Strings: equal to the value at a path.</summary>
    StringEqualsPath,

    /// <summary>Strings: greater than the value.</summary>
    StringGreaterThan,

    /// <summary>Strings: greater than the value at a path.</summary>
    StringGreaterThanPath,

    /// <summary>Strings: greater than or equal to the value.</summary>
    StringGreaterThanEquals,

    /// <summary>Strings: greater than or equal to the value at a path.</summary>
    StringGreaterThanEqualsPath,

    /// <summary>Strings: less than the value.</summary>
    StringLessThan,

    /// <summary>Strings: less than the value at a path.</summary>
    StringLessThanPath,

    /// <summary>Strings: less than or equal to the value.</summary>
    StringLessThanEquals,

    /// <summary>Strings: less than or equal to the value at a path.</summary>
    StringLessThanEqualsPath,

    /// <summary>Strings: matches a pattern in which <c>*</c> stands for any characters and <c>\\*</c> for itself.</summary>
    StringMatches,

    /// <summary>Timestamps: equal to the value.</summary>
    TimestampEquals,

    /// <summary>Timestamps: equal to the value at a path.</summary>
    TimestampEqualsPath,

    /// <summary>Timestamps: greater than the value.</summary>
    TimestampGreaterThan,

    /// <summary>Timestamps: greater than the value at a path.</summary>
    TimestampGreaterThanPath,

    /// <summary>Timestamps: greater than or equal to the value.</summary>
    TimestampGreaterThanEquals,

    /// <summary>Timestamps: greater than or equal to the value at a path.</summary>
    TimestampGreaterThanEqualsPath,

    /// <summary>Timestamps: less than the value.</summary>
    TimestampLessThan,

    /// <summary>Timestamps: less than the value at a path.</summary>
    TimestampLessThanPath,

    /// <summary>Timestamps: less than or equal to the value.</summary>
    TimestampLessThanEquals,

    /// <summary>Timestamps: less than or equal to the value at a path.</summary>
    TimestampLessThanEqualsPath,
}
