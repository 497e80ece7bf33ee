namespace Orkestra.AspNetCore;

/// <summary>Who may call the endpoint.</summary>
public sealed class StepFunctionsEndpointOptions
{
    /// <summary>
    /// A secret that callers present, as the access key id of an AWS client (<c>AWS_ACCESS_KEY_ID</c>) or as <c>Authorization: Bearer</c>. When null, the default, only this
    /// machine may call: the connection comes from a loopback address, and the <c>Host</c> header names one. With a token, any host may call that presents it.
    /// </summary>
    public string? Token { get; set; }
}
