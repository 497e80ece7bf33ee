namespace Orkestra.Authoring.Envelopes;

/// <summary>How a record holds its payload.</summary>
internal enum Encoded
{
    /// <summary>As it is.</summary>
    Not,

    /// <summary>As text, mostly of JSON.</summary>
    Text,

    /// <summary>As text in Base64.</summary>
    Base64,

    /// <summary>As S3 names objects: the key is encoded as in a URL.</summary>
    S3,

    /// <summary>As DynamoDB writes values, <c>{"S":"text"}</c>.</summary>
    DynamoDb,
}
