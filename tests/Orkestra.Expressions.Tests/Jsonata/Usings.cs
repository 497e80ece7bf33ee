// Inside Orkestra.Expressions the word Jsonata means the namespace.
global using JsonataApi = Orkestra.Expressions.Jsonata.Jsonata;
