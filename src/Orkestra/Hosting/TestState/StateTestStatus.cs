namespace Orkestra.Hosting.TestState;

/// <summary>How the test of a state ended.</summary>
public enum StateTestStatus
{
    /// <summary>The state succeeded.</summary>
    Succeeded,

    /// <summary>The state failed and nothing handled the error.</summary>
    Failed,

    /// <summary>The state failed, and a retrier would try it again.</summary>
    Retriable,

    /// <summary>The state failed, and a catcher caught the error.</summary>
    CaughtError,
}
